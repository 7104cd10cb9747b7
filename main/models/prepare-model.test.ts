import { describe, expect, it } from 'vitest'
import { testPicture } from '../engine/test-picture.ts'
import { listLayers } from '../onnx/layers/list-layers.ts'
import type { Model } from '../onnx/model.ts'
import { addTaps } from '../onnx/rewrites/taps.ts'
import { running } from '../onnx/testing/run-model.ts'
import { guessCard } from './guess-card.ts'
import { prepareOnnx } from './prepare-model.ts'
import { refuseGraph } from './refuse-graph.ts'
import {
  alexNetClasses,
  alexNetSidePx,
  fc7Units,
  narrowAlexNet,
} from './testing/classics/seeded-alexnet.ts'
import { type SmallNetwork, smallNetwork } from './testing/small-networks.ts'

const side = 32
const drawn = testPicture(side)
const mean = [123.675, 116.28, 103.53]
const deviation = [58.395, 57.12, 57.375]

/** The picture as the file's own input takes it. */
function tensorOf(pixels: Uint8Array, layout: SmallNetwork['layout']) {
  const data = new Float32Array(pixels.length)
  pixels.forEach((value, at) => {
    const colour = at % 3
    const scaled = (value - (mean[colour] ?? 0)) / (deviation[colour] ?? 1)
    data[layout === 'nhwc' ? at : colour * side * side + Math.floor(at / 3)] = scaled
  })
  return { data, dims: layout === 'nhwc' ? [1, side, side, 3] : [1, 3, side, side] }
}

const softmax = (scores: readonly number[]): number[] => {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map((power) => power / sum)
}

const told = {
  input: { sidePx: side },
  preprocessing: {
    channelOrder: 'rgb',
    mean: mean as [number, number, number],
    deviation: deviation as [number, number, number],
  },
} as const

const prepared = (model: Model, kind?: 'probabilities') => {
  const output = kind === undefined ? {} : { output: { kind } }
  const guess = { fileName: 'net.onnx', told: { ...told, ...output }, labels: undefined }
  return prepareOnnx(model, guessCard(model, guess).reading)
}

describe('a prepared network', () => {
  const networks: [string, Partial<SmallNetwork>, 'probabilities'?][] = [
    ['ending in a softmax', {}],
    ['of another layout, batch and size free', { layout: 'nhwc', batch: 'N', side: 'S' }],
    ['ending in raw scores', { end: 'logits' }],
    ['ending in a map of scores', { end: 'map' }],
    ['whose softmax is hidden', { end: 'hidden' }, 'probabilities'],
    ['of an old operator set', { opset: 9 }],
    ['of a newer operator set', { opset: 20 }],
    ['whose values have the names that Latent gives', { input: 'pixels', features: 'embedding' }],
  ]
  it.each(networks)('gives what the file gives: %s', async (_, part, kind) => {
    const source = smallNetwork(part)
    const { output, embedding } = guessCard(source, {
      fileName: '',
      told: {},
      labels: undefined,
    }).reading
    const own = await running(addTaps(source, [output.name, embedding.value]))
    const { input = 'x', layout = 'nchw' } = part
    const expected = await own.run({ [input]: tensorOf(drawn, layout) })
    await own.dispose()
    const scores = [...(expected.get(output.name)?.data ?? [])]
    const wanted = kind === 'probabilities' ? scores : softmax(scores)

    const { quantised, unitLayers } = prepared(source, kind)
    const session = await running(quantised)
    const pixels = { data: new Uint8Array(2 * drawn.length), dims: [2, side, side, 3] }
    pixels.data.set(drawn)
    pixels.data.set(drawn.toReversed(), drawn.length)
    const outputs = await session.run({ pixels })
    await session.dispose()
    const probabilities = outputs.get('probabilities')
    expect(probabilities?.dims).toEqual([2, 10])
    wanted.forEach((value, i) => {
      expect(probabilities?.data[i]).toBeCloseTo(value, 4)
    })
    expect(outputs.get('embedding')?.dims).toEqual([2, 8])
    expect(outputs.get('logits')?.dims).toEqual([2, 10])
    const units = unitLayers.reduce((sum, { channels }) => sum + channels, 0)
    expect(outputs.get('unit_maxima')?.dims).toEqual([2, units])
    expect(units).toBeGreaterThan(10)
  })

  it('has features of unit length, in the order that the file has them', async () => {
    const source = smallNetwork()
    const own = await running(addTaps(source, ['fc7']))
    const features = (await own.run({ x: tensorOf(drawn, 'nchw') })).get('fc7')?.data ?? []
    await own.dispose()
    const session = await running(addTaps(prepared(source).quantised, ['embedding_float']))
    const outputs = await session.run({ pixels: { data: drawn, dims: [1, side, side, 3] } })
    await session.dispose()
    const norm = Math.hypot(...features)
    outputs.get('embedding_float')?.data.forEach((value, i) => {
      expect(value).toBeCloseTo((features[i] ?? 0) / norm, 5)
    })
  })

  it('has the layers of the file and none of what was put before it', () => {
    const source = smallNetwork({ input: 'data' })
    const { reading } = guessCard(source, { fileName: '', told: {}, labels: undefined })
    expect(reading.preprocessing.channelOrder).toBe('bgr')
    const { quantised, embeddingLayer } = prepareOnnx(source, reading)
    const names = (model: Model) => listLayers(model).layers.map(({ name }) => name)
    expect(names(quantised).slice(0, -1)).toEqual(names(source).slice(0, -1))
    expect(embeddingLayer).toBe('pool')
  })
})

describe('AlexNet in the form that the Model Zoo has it', () => {
  const source = narrowAlexNet()
  const { reading } = guessCard(source, { fileName: 'x.onnx', told: {}, labels: undefined })
  const { quantised, embeddingLayer } = prepareOnnx(source, reading)

  it('is fed as Caffe fed it and compared by fc7', () => {
    expect(reading).toEqual({
      input: { name: 'data_0', layout: 'nchw', type: 'float32', sidePx: alexNetSidePx },
      preprocessing: { channelOrder: 'bgr', mean: [104, 117, 123], deviation: [1, 1, 1] },
      output: { name: 'fc8_1', kind: 'logits' },
      classes: { count: 1000, droppedFirst: 0, droppedLast: 0, labels: 'imagenet-1k' },
      embedding: { value: 'fc7_2', dim: fc7Units },
    })
    const layers = listLayers(quantised).layers.map(({ name }) => name)
    expect(layers).toEqual(
      expect.arrayContaining(['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'fc8']),
    )
    expect(embeddingLayer).toBe('fc7')
  })

  it('takes two photos at once, though it was exported for one, and gives what it gave', async () => {
    const [area, picture] = [alexNetSidePx ** 2, testPicture(alexNetSidePx)]
    const data = new Float32Array(3 * area)
    picture.forEach((value, at) => {
      // Blue first.
      data[(2 - (at % 3)) * area + Math.floor(at / 3)] = value - ([123, 117, 104][at % 3] ?? 0)
    })
    const own = await running(source)
    const dims = [1, 3, alexNetSidePx, alexNetSidePx]
    const expected = (await own.run({ data_0: { data, dims } })).get('prob_1')
    await own.dispose()
    const both = new Uint8Array(2 * picture.length)
    both.set(picture.toReversed())
    both.set(picture, picture.length)
    const session = await running(quantised)
    const pixels = { data: both, dims: [2, alexNetSidePx, alexNetSidePx, 3] }
    const found = (await session.run({ pixels })).get('probabilities')
    await session.dispose()
    expect(found?.dims).toEqual([2, alexNetClasses])
    expected?.data.forEach((probability, i) => {
      expect(found?.data[alexNetClasses + i]).toBeCloseTo(probability, 5)
    })
  })
})

describe('graphs that are refused', () => {
  it('are those with operators of other domains, branches, or too many nodes', () => {
    const model = smallNetwork()
    const { graph } = model
    if (graph === undefined) throw new Error('Expected a graph')
    const [first] = graph.nodes
    if (first === undefined) throw new Error('Expected a node')
    const withNodes = (nodes: typeof graph.nodes) => ({ ...model, graph: { ...graph, nodes } })
    expect(() => refuseGraph(model)).not.toThrow()
    expect(() => refuseGraph(withNodes([{ ...first, domain: 'evil.ops' }]))).toThrow('evil.ops')
    const branch = { name: 'then', type: 5, f: 0, i: 0, s: new Uint8Array(), floats: [], ints: [] }
    const withBranch = { ...first, attributes: [{ ...branch, g: graph }] }
    expect(() => refuseGraph(withNodes([withBranch]))).toThrow('branches')
    expect(() => refuseGraph(withNodes(new Array(20_001).fill(first)))).toThrow('20000 nodes')
  })
})
