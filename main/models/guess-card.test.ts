import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { imagenetColours, unchanged, unit } from '../../preload/contract/known-colours.ts'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import { decodeModel } from '../onnx/codec.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { dataType, type Model } from '../onnx/model.ts'
import { birdsPath, missing, mobileNetPath, squeezeNetPath } from '../onnx/testing/shared-models.ts'
import { guessCard, guessTfliteCard, namesOf } from './guess-card.ts'
import type { ClassName } from './labels.ts'
import { type SmallNetwork, smallNetwork } from './testing/small-networks.ts'

const guess = (
  model: Model,
  fileName = 'net.onnx',
  told: ToldCard = {},
  labels?: readonly ClassName[],
) => guessCard(model, { fileName, told, labels })
const colours = (part: Partial<SmallNetwork>, fileName?: string) =>
  guess(smallNetwork(part), fileName).reading.preprocessing

describe('a guessed card', () => {
  it('has input, scores and features of a network that ends in a softmax', () => {
    expect(guess(smallNetwork()).reading).toEqual({
      input: { name: 'x', layout: 'nchw', type: 'float32', sidePx: 32 },
      preprocessing: imagenetColours,
      output: { name: 'fc8', kind: 'logits' },
      classes: { count: 10, droppedFirst: 0, droppedLast: 0, labels: 'numbers' },
      embedding: { value: 'fc7', dim: 8 },
    })
  })

  it('believes what Ultralytics writes into its files', () => {
    const names = Array.from({ length: 10 }, (_, i) => `${i}: 'thing ${i}'`)
    const metadata = [
      { key: 'author', value: 'Ultralytics' },
      { key: 'names', value: `{${names.join(', ')}}` },
    ]
    const { reading, classes, notes } = guess({ ...smallNetwork(), metadata })
    expect(reading.preprocessing).toEqual(unit)
    expect(reading.classes).toMatchObject({ count: 10, labels: 'file' })
    expect(classes?.[3]).toEqual(['', 'thing 3'])
    expect(notes.join()).toContain('names its classes itself')
    const fewer = [{ key: 'names', value: "{0: 'a', 1: 'b'}" }]
    expect(guess({ ...smallNetwork(), metadata: fewer }).reading.classes.labels).toBe('numbers')
    const own = names.map((_, i): ClassName => ['', `mine ${i}`])
    expect(guess({ ...smallNetwork(), metadata }, '', {}, own).classes?.[3]).toEqual(['', 'mine 3'])
  })

  it('finds scores that are maps, and the features under them', () => {
    const { output, embedding } = guess(smallNetwork({ end: 'map' })).reading
    expect(output).toEqual({ name: 'scores', kind: 'logits' })
    expect(embedding).toEqual({ value: 'relu1', dim: 8 })
  })

  it('takes a usual size where the file leaves it free, or the one that was told', () => {
    const free = smallNetwork({ batch: 'N', side: 'S' })
    expect(guess(free).reading.input.sidePx).toBe(224)
    expect(guess(free).notes.join()).toContain('224')
    expect(guess(free, '', { input: { sidePx: 64 } }).reading.input.sidePx).toBe(64)
    expect(() => guess(smallNetwork(), '', { input: { sidePx: 64 } })).toThrow('32')
  })

  it('tells colours by where the network comes from', () => {
    const caffe = { channelOrder: 'bgr', mean: [104, 117, 123], deviation: [1, 1, 1] }
    expect(colours({ input: 'data' })).toEqual(caffe)
    expect(colours({ input: 'data_0' })).toEqual(caffe)
    expect(colours({ input: 'input.1' })).toEqual(imagenetColours)
    expect(colours({ layout: 'nhwc' })).toMatchObject({ mean: [127.5, 127.5, 127.5] })
    const lite = { channelOrder: 'rgb', mean: [127, 127, 127], deviation: [128, 128, 128] }
    expect(colours({ layout: 'nhwc' }, 'efficientnet-lite4-11.onnx')).toEqual(lite)
    expect(colours({ layout: 'nhwc' }, 'resnet50.onnx')).toMatchObject({ channelOrder: 'bgr' })
    expect(colours({}, 'inception_v3.onnx')).toMatchObject({ mean: [127.5, 127.5, 127.5] })
  })

  it('does not take Gluon networks for Caffe’s, though their input has the same name', () => {
    const model = smallNetwork({ input: 'data' })
    const nodes = model.graph?.nodes.map((node) => ({ ...node, name: `net0_${node.name}_fwd` }))
    if (model.graph === undefined || nodes === undefined) throw new Error('Expected a graph')
    const gluon = { ...model, graph: { ...model.graph, nodes } }
    expect(guess(gluon).reading.preprocessing).toEqual(imagenetColours)
  })

  it('leaves bytes, and pictures that the graph scales itself, as they are', () => {
    const graph = new GraphBuilder('bytes')
    const pixels = graph.input('image', dataType.uint8, ['N', 32, 32, 3])
    const floats = graph.node('Cast', [pixels], 'floats', { to: dataType.float })
    const flat = graph.node('Flatten', [floats], 'flat')
    const weights = graph.floats('w', new Array<number>(3072 * 4).fill(0.1), [3072, 4])
    graph.output(graph.node('MatMul', [flat, weights], 'scores'), dataType.float, ['N', 4])
    const { reading } = guess(graph.build())
    expect(reading.preprocessing).toEqual(unchanged)
    expect(reading.input).toMatchObject({ type: 'uint8', layout: 'nhwc' })
  })

  it('drops a background class, and knows ImageNet by the number of scores', () => {
    expect(guess(smallNetwork({ classes: 1001 })).reading.classes).toEqual({
      count: 1000,
      droppedFirst: 1,
      droppedLast: 0,
      labels: 'imagenet-1k',
    })
    expect(guess(smallNetwork({ classes: 1000 })).reading.classes.labels).toBe('imagenet-1k')
  })

  it('takes names from a file of labels, or says that they do not fit', () => {
    const labels = ['background', ...'abcdefghi'].map((name): ClassName => ['', name])
    const guessed = guess(smallNetwork(), '', {}, labels)
    expect(guessed.reading.classes).toMatchObject({ count: 9, droppedFirst: 1, labels: 'file' })
    expect(guessed.classes?.[0]).toEqual(['', 'a'])
    expect(() => guess(smallNetwork(), '', {}, labels.slice(4))).toThrow('10 classes')
  })

  it('gives way to what a person says', () => {
    const told: ToldCard = {
      preprocessing: { channelOrder: 'bgr' },
      classes: { droppedLast: 2 },
      embedding: { value: 'relu1' },
      output: { kind: 'probabilities' },
    }
    const { reading } = guess(smallNetwork({ end: 'logits' }), '', told)
    expect(reading.preprocessing).toEqual({ ...imagenetColours, channelOrder: 'bgr' })
    expect(reading.classes).toMatchObject({ count: 8, droppedLast: 2 })
    expect(reading.embedding).toEqual({ value: 'relu1', dim: 8 })
    expect(reading.output).toEqual({ name: 'output', kind: 'probabilities' })
    expect(() => guess(smallNetwork(), '', { input: { layout: 'nhwc' } })).toThrow('input.layout')
    expect(guess(smallNetwork(), '', guess(smallNetwork()).reading).reading).toEqual(
      guess(smallNetwork()).reading,
    )
    expect(() => guess(smallNetwork(), '', { classes: { count: 9 } })).toThrow('10 classes')
    expect(() => guess(smallNetwork(), '', { embedding: { value: 'none' } })).toThrow('none')
  })

  it('is refused where there is no picture, or no scores', () => {
    const vector = new GraphBuilder('vector')
    vector.input('x', dataType.float, ['N', 3])
    vector.output(vector.node('Relu', ['x'], 'y'), dataType.float, ['N', 3])
    expect(() => guess(vector.build())).toThrow('image input')
    const picture = new GraphBuilder('picture')
    picture.input('x', dataType.float, ['N', 3, 32, 32])
    picture.output(picture.node('Relu', ['x'], 'y'), dataType.float, ['N', 3, 32, 32])
    expect(() => guess(picture.build())).toThrow('score for each class')
  })

  it('makes an id of any file name', () => {
    expect(namesOf('My Net (v2).onnx', {})).toEqual({ id: 'my-net-v2', name: 'My Net (v2)' })
    expect(namesOf('…​.onnx', {}).id).toBe('model')
    expect(namesOf('a.onnx', { id: 'b', name: 'B' })).toEqual({ id: 'b', name: 'B' })
  })
})

describe('cards of real networks', () => {
  it.skipIf(missing('guess-card.test.ts', squeezeNetPath))('SqueezeNet of Caffe', async () => {
    const model = decodeModel(new Uint8Array(await readFile(squeezeNetPath)))
    expect(guess(model, 'squeezenet.onnx').reading).toMatchObject({
      input: { name: 'data', layout: 'nchw', sidePx: 227 },
      preprocessing: { channelOrder: 'bgr', mean: [104, 117, 123] },
      output: { name: 'pool_final', kind: 'logits' },
      classes: { count: 1000, labels: 'imagenet-1k' },
      embedding: { value: 'fire9/concat', dim: 512 },
    })
  })

  it.skipIf(missing('guess-card.test.ts', mobileNetPath))('two of TensorFlow Lite', async () => {
    const read = async (path: string, labels?: readonly ClassName[], told: ToldCard = {}) => {
      const bytes = new Uint8Array(await readFile(path))
      return guessTfliteCard(bytes, { fileName: 'net.tflite', told, labels })
    }
    const { reading } = await read(mobileNetPath)
    expect(reading.classes).toMatchObject({ count: 1000, droppedFirst: 1, labels: 'imagenet-1k' })
    expect(reading.preprocessing).toEqual({
      channelOrder: 'rgb',
      mean: [128, 128, 128],
      deviation: [128, 128, 128],
    })
    expect(reading.embedding.dim).toBe(1280)
    expect((await read(mobileNetPath, undefined, reading)).reading).toEqual(reading)
    const blueFirst: ToldCard = { preprocessing: { channelOrder: 'bgr' } }
    await expect(read(mobileNetPath, undefined, blueFirst)).rejects.toThrow('channelOrder')
    const birds = Array.from({ length: 964 }, (_, i): ClassName => ['', `bird ${i}`])
    const withBackground = await read(birdsPath, [...birds, ['', 'background']])
    expect(withBackground.reading.classes).toEqual({
      count: 964,
      droppedFirst: 0,
      droppedLast: 1,
      labels: 'file',
    })
  })
})
