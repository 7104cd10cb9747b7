import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import { testPicture } from '../engine/providers.ts'
import { Look } from '../inspect/look.ts'
import { Network } from '../inspect/network.ts'
import { encodeModel } from '../onnx/codec.ts'
import { listLayers } from '../onnx/layers/list-layers.ts'
import type { Model } from '../onnx/model.ts'
import { addTaps } from '../onnx/rewrites/taps.ts'
import { running } from '../onnx/testing/run-model.ts'
import { guessCard } from './guess-card.ts'
import type { ClassName } from './labels.ts'
import { prepareOnnx } from './prepare-model.ts'
import { smallEncoder, smallNetwork } from './testing/small-networks.ts'

const guess = (
  model: Model,
  fileName = 'net.onnx',
  told: ToldCard = {},
  labels?: readonly ClassName[],
) => guessCard(model, { fileName, told, labels })

describe('a network without class scores', () => {
  it('is known by the name of what it gives, or of its file', () => {
    const { reading, notes } = guess(smallEncoder())
    expect(reading).toMatchObject({
      output: { name: '', kind: 'none' },
      classes: { count: 0, labels: 'none' },
      embedding: { value: 'image_embeds', dim: 16 },
    })
    expect(notes.join()).toContain('no labels')
    const byFile = (name: string) => guess(smallEncoder('y'), name).reading.output.kind
    expect(byFile('dinov2-small.onnx')).toBe('none')
    expect(byFile('clip-vit-b32-visual.onnx')).toBe('none')
    expect(byFile('clipart-classes.onnx')).toBe('logits')
  })

  it('is a classifier where labels come with it, or a person says so', () => {
    const names = Array.from({ length: 16 }, (_, i): ClassName => ['', `thing ${i}`])
    expect(guess(smallEncoder(), 'net.onnx', {}, names).reading.classes).toMatchObject({
      count: 16,
      labels: 'file',
    })
    const told: ToldCard = { output: { kind: 'logits' } }
    expect(guess(smallEncoder(), 'net.onnx', told).reading.output.kind).toBe('logits')
  })

  it('is made of a classifier when a person says so, by the features they choose', () => {
    const told: ToldCard = { output: { kind: 'none' }, embedding: { value: 'fc7' } }
    const { reading } = guess(smallNetwork(), 'net.onnx', told)
    expect(reading).toMatchObject({
      output: { kind: 'none' },
      classes: { count: 0, labels: 'none' },
      embedding: { value: 'fc7', dim: 8 },
    })
    expect(guess(smallNetwork(), 'net.onnx', reading).reading).toEqual(reading)
  })

  it('gives its features, of unit length, for each picture of a batch', async () => {
    const source = smallEncoder()
    const { quantised, unitLayers, embeddingLayer } = prepareOnnx(source, guess(source).reading)
    const session = await running(addTaps(quantised, ['embedding_float']))
    const drawn = testPicture(32)
    const pixels = { data: new Uint8Array(2 * drawn.length), dims: [2, 32, 32, 3] }
    pixels.data.set(drawn)
    pixels.data.set(drawn.toReversed(), drawn.length)
    const outputs = await session.run({ pixels })
    await session.dispose()
    expect([...outputs.keys()].toSorted()).toEqual(['embedding', 'embedding_float', 'unit_maxima'])
    const { dims, data } = outputs.get('embedding_float') ?? { dims: [], data: [] }
    expect(dims).toEqual([2, 16])
    for (const row of [0, 1]) {
      const vector = [...data].slice(row * 16, row * 16 + 16)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
    expect(unitLayers.map(({ layer }) => layer)).toEqual(['conv1', 'pool'])
    expect(embeddingLayer).toBe('pool')
    // What was added to make the embedding is no layer of the network's.
    expect(listLayers(quantised).layers.map(({ name }) => name)).toEqual(['conv1', 'pool'])
  })
})

describe('the Inspector', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latent-encoder-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('looks into a network without class scores', async () => {
    const source = smallEncoder()
    const { quantised, embeddingLayer } = prepareOnnx(source, guess(source).reading)
    const onnxPath = join(folder, 'network.onnx')
    await writeFile(onnxPath, encodeModel(quantised))
    const network = await Network.load({ id: 'encoder', onnxPath, inputSizePx: 32, embeddingLayer })
    expect(network.facts).toMatchObject({
      classCount: 0,
      lastSpatialLayer: 'conv1',
      penultimateLayer: 'pool',
      kernels: { count: 16 },
    })
    const look = await Look.at(network, testPicture(32))
    expect([look.logits.length, look.probabilities.length]).toEqual([0, 0])
    const { activations } = await look.layer('conv1')
    expect(activations).toMatchObject({ channels: 16, heightPx: 15, widthPx: 15 })
    expect((await look.tensor('pool')).data).toHaveLength(16)
    await network.dispose()
  })
})
