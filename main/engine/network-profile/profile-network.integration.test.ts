import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { guessCard } from '../../models/guess-card.ts'
import { prepareOnnx } from '../../models/prepare-model.ts'
import { narrowAlexNet } from '../../models/testing/classics/seeded-alexnet.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { listLayers } from '../../onnx/layers/list-layers.ts'
import { profileNetwork } from './profile-network.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-profile-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('tells the layers of AlexNet, though its normalisations are run as other operators', async () => {
  const network = narrowAlexNet()
  const { reading } = guessCard(network, { fileName: 'a.onnx', told: {}, labels: undefined })
  const { quantised, embeddingDim, unitLayers } = prepareOnnx(network, reading)
  const onnxPath = join(folder, 'alexnet.onnx')
  await writeFile(onnxPath, encodeModel(quantised))
  const model = {
    id: 'alexnet',
    onnxPath,
    sha256: 'ab'.repeat(32),
    inputSizePx: reading.input.sidePx,
    classCount: reading.classes.count,
    embeddingDim,
    unitCount: unitLayers.reduce((sum, { channels }) => sum + channels, 0),
  }
  const { layers } = await profileNetwork({ type: 'profile', model, provider: 'cpu', threads: 1 })
  const own = listLayers(quantised).layers.map(({ name }) => name)
  const told = layers.map(({ layer }) => layer).filter((layer) => layer !== '')
  expect(told).toEqual(expect.arrayContaining(['conv1', 'norm1', 'conv2', 'norm2', 'fc6']))
  expect(told.filter((layer) => !own.includes(layer))).toEqual([])
  const norm = layers.find(({ layer }) => layer === 'norm1')
  const operators = norm?.operators.map(({ operator }) => operator)
  expect(operators).toEqual(expect.arrayContaining(['Conv', 'Sqrt', 'Div']))
})
