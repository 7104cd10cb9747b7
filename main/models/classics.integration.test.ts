import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forkWithNode } from '../engine/fork-node.ts'
import { sha256OfFile } from '../fetch/file-hash.ts'
import { encodeModel } from '../onnx/codec.ts'
import type { Model } from '../onnx/model.ts'
import { downloadableEntry } from './catalogue.ts'
import { type ImportOptions, tryModel } from './import-model.ts'
import { findModel } from './installed.ts'
import { residentBytes } from './resident-bytes.ts'
import { trialLimits } from './run-trial.ts'
import { seededEfficientNetLite4 } from './testing/classics/seeded-efficientnet.ts'
import { seededGoogLeNet } from './testing/classics/seeded-googlenet.ts'
import { seededMobileNetV2 } from './testing/classics/seeded-mobilenet.ts'
import { seededResNet50 } from './testing/classics/seeded-resnet.ts'
import { seededSqueezeNet } from './testing/classics/seeded-squeezenet.ts'
import { seededVgg16 } from './testing/classics/seeded-vgg.ts'
import { verifyModel } from './verify-model.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const entryFile = join(repository, 'out', 'main', 'model-trial.js')
const noProcess = !existsSync(entryFile)
if (noProcess) {
  process.stderr.write('SKIPPED in classics.integration.test.ts: no built trial process\n')
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-classics-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Classic {
  readonly id: string
  readonly build: () => Model
  /** The graph's input, as the Model Zoo names it. */
  readonly input: string
  /** Its output, or what goes into the softmax before that. */
  readonly logits: string
}

/** AlexNet is in downloads.integration.test.ts. */
const classics: readonly Classic[] = [
  {
    id: 'squeezenet-1.1',
    build: seededSqueezeNet,
    input: 'data',
    logits: 'squeezenet0_flatten0_reshape0',
  },
  {
    id: 'googlenet',
    build: seededGoogLeNet,
    input: 'data_0',
    logits: 'loss3/classifier_1',
  },
  {
    id: 'vgg-16',
    build: seededVgg16,
    input: 'data',
    logits: 'vgg0_dense2_fwd',
  },
  {
    id: 'resnet-50',
    build: seededResNet50,
    input: 'data',
    logits: 'resnetv17_dense0_fwd',
  },
  {
    id: 'mobilenet-v2',
    build: seededMobileNetV2,
    input: 'input',
    logits: 'output',
  },
  {
    id: 'efficientnet-lite4',
    build: seededEfficientNetLite4,
    input: 'images:0',
    logits: 'efficientnet-lite4/BiasAdd_179:0',
  },
]

describe.skipIf(noProcess)('a classic of the catalogue, with seeded weights', () => {
  it.for(classics)('$id is read, fitted and run', { timeout: 120_000 }, async (classic) => {
    const listed = downloadableEntry(classic.id)
    if (listed === undefined) throw new Error(`Expected ${classic.id} in the catalogue`)
    const contents = encodeModel(classic.build())
    const { bytes } = listed.source
    // The same architecture has as many weights: what is left is names.
    expect(Math.abs(contents.length / bytes - 1)).toBeLessThan(0.02)
    const path = join(folder, 'network.onnx')
    await writeFile(path, contents)
    const sha256 = await sha256OfFile(path)
    const entry = { ...listed, source: { ...listed.source, bytes: contents.length, sha256 } }
    const options: ImportOptions = {
      modelsFolder: join(folder, 'own'),
      userModelsFolder: join(folder, 'models'),
      fork: forkWithNode(entryFile),
      residentBytes,
      limits: trialLimits,
      examplePath: join(repository, 'models', 'installed', 'inception-v3', 'example.jpg'),
      known: [entry],
    }
    const tried = await tryModel({ path, told: {}, labels: undefined }, options)
    if (!tried.ok) throw new Error(tried.error.message)
    const installed = await tried.value.install()
    if (!installed.ok) throw new Error(installed.error.message)
    const { embeddingDim, inputSizePx } = listed
    expect(installed.value).toMatchObject({
      id: classic.id,
      inputSizePx,
      classCount: 1000,
      embeddingDim,
    })
    expect(installed.value.imported?.reading).toMatchObject({
      input: { name: classic.input },
      output: { name: classic.logits, kind: 'logits' },
    })
    const found = await findModel(options, classic.id)
    if (!found.ok) throw new Error(found.error.message)
    const check = await verifyModel(found.value, options)
    if (!check.ok) throw new Error(check.reason)
    process.stderr.write(`${listed.name}: ${check.value.msPerPhoto.toFixed(0)} ms a photo\n`)
  })
})
