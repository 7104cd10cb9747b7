import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import { forkWithNode } from '../engine/fork-node.ts'
import { encodeModel } from '../onnx/codec.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { dataType, type Model } from '../onnx/model.ts'
import { inHalves } from '../onnx/testing/in-halves.ts'
import {
  badModelsFolder,
  birdsPath,
  mobileNetPath,
  mobileNetTf2Path,
  squeezeNetPath,
} from '../onnx/testing/shared-models.ts'
import { type ImportOptions, tryModel } from './import-model.ts'
import { findModel, modelsIn } from './installed.ts'
import type { ClassName } from './labels.ts'
import { removeModel } from './remove-model.ts'
import { residentBytes } from './resident-bytes.ts'
import { trialLimits } from './run-trial.ts'
import { smallNetwork } from './testing/small-networks.ts'
import { smallTflite } from './testing/small-tflite.ts'
import { verifyModel } from './verify-model.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const entry = join(repository, 'out', 'main', 'model-trial.js')

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
function missing(what: string, path: string): boolean {
  const absent = !existsSync(path)
  if (absent) process.stderr.write(`SKIPPED in import.integration.test.ts: no ${what}\n`)
  return absent
}
const noProcess = missing('built trial process: run npm run build', entry)
const noModels = missing('shared models beside the repository', squeezeNetPath)
const noBadModels = missing('shared bad models beside the repository', badModelsFolder)

let folder: string
let options: ImportOptions
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-import-'))
  options = {
    modelsFolder: join(folder, 'own'),
    userModelsFolder: join(folder, 'models'),
    fork: forkWithNode(entry),
    residentBytes,
    limits: trialLimits,
    known: [],
    examplePath: join(repository, 'models', 'installed', 'inception-v3', 'example.jpg'),
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function fileOf(model: Model, name = 'small.onnx'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, encodeModel(model))
  return path
}

const tried = async (path: string, told: ToldCard = {}, labels?: readonly ClassName[]) => {
  const result = await tryModel({ path, told, labels }, options)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

describe.skipIf(noProcess)('importing a network', () => {
  it('installs it whole, finds it, verifies it and removes it', async () => {
    const labels = [...'abcdefghij'].map((name): ClassName => ['', name])
    const model = await tried(await fileOf(smallNetwork()), { name: 'Small' }, labels)
    expect(model.card).toMatchObject({ id: 'small', name: 'Small', classes: { labels: 'file' } })
    expect(await modelsIn(options.userModelsFolder)).toEqual([])
    expect(await model.install()).toMatchObject({ ok: true })
    expect(await readdir(options.userModelsFolder)).toEqual(['small'])

    const found = await findModel(options, 'small')
    if (!found.ok) throw new Error(found.error.message)
    expect(found.value.labels.label(2, 1)).toMatchObject({ name: 'c', wnid: '' })
    expect(found.value.card.imported?.reading.output).toEqual({ name: 'fc8', kind: 'logits' })
    expect(found.value.network.onnxPath).toBe(found.value.spec.onnxPath)
    expect(await verifyModel(found.value, options)).toMatchObject({ ok: true })

    await writeFile(found.value.spec.onnxPath, 'other')
    expect(await verifyModel(found.value, options)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('not the file that was installed'),
    })
    expect(await removeModel(options, 'small')).toMatchObject({ ok: true })
    expect(await readdir(options.userModelsFolder)).toEqual([])
    expect(await removeModel(options, '../own')).toMatchObject({ ok: false })
  })

  it('leaves nothing when it is discarded, and refuses an id twice', async () => {
    const path = await fileOf(smallNetwork())
    await (await tried(path)).discard()
    expect(await readdir(options.userModelsFolder)).toEqual([])
    await (await tried(path)).install()
    const again = await tried(path)
    expect(await again.install()).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    await again.discard()
    expect(await readdir(options.userModelsFolder)).toEqual(['small'])
  })

  it('finds out by trying that scores are probabilities', async () => {
    const model = await tried(await fileOf(smallNetwork({ end: 'hidden' })))
    expect(model.card.output).toEqual({ name: 'output', kind: 'probabilities' })
    await model.discard()
  })

  it('runs half floats as floats, and says so', async () => {
    const model = await tried(await fileOf(inHalves(smallNetwork())))
    expect(model.card.input).toMatchObject({ name: 'x', type: 'float32' })
    expect(model.notes.join()).toContain('half floats are run as floats')
    expect(model.run.top).toHaveLength(5)
    await model.discard()
  })

  it('understands a TensorFlow Lite network of floats as one of ONNX', async () => {
    const path = join(folder, 'floats.tflite')
    await writeFile(path, smallTflite())
    const model = await tried(path)
    expect(model.card).toMatchObject({
      input: { name: 'picture', layout: 'nhwc', type: 'float32', sidePx: 32 },
      preprocessing: { mean: [127.5, 127.5, 127.5] },
      classes: { count: 10 },
      embedding: { dim: 8 },
    })
    expect(await model.install()).toMatchObject({ ok: true })
    const found = await findModel(options, 'floats')
    expect(found.ok && (await verifyModel(found.value, options))).toMatchObject({ ok: true })
  })

  it('says when the network answers the same to everything', async () => {
    const told: ToldCard = {
      preprocessing: { mean: [0, 0, 0], deviation: [1e30, 1e30, 1e30] },
    }
    const model = await tried(await fileOf(smallNetwork()), told)
    expect(model.notes.join()).toContain('same to two different pictures')
    await model.discard()
  })

  it('refuses a batch that cannot grow', async () => {
    const graph = new GraphBuilder('fixed')
    graph.input('x', dataType.float, [1, 3, 32, 32])
    const pooled = graph.node('GlobalAveragePool', ['x'], 'pooled')
    const flat = graph.node('Reshape', [pooled, graph.int64s('shape', [3])], 'flat')
    const row = graph.node('Unsqueeze', [flat, graph.int64s('axis', [0])], 'row')
    const weights = graph.floats('w', new Array<number>(12).fill(0.1), [3, 4])
    graph.output(graph.node('MatMul', [row, weights], 'scores'), dataType.float, [1, 4])
    const path = await fileOf(graph.build())
    await expect(tried(path)).rejects.toThrow('small.onnx cannot be used')
    expect(await readdir(options.userModelsFolder)).toEqual([])
  })

  it('ends a network that fills the memory', async () => {
    const graph = new GraphBuilder('greedy')
    graph.input('x', dataType.float, ['N', 3, 32, 32])
    const pooled = graph.node('GlobalAveragePool', ['x'], 'pooled')
    const flat = graph.node('Flatten', [pooled], 'flat')
    const weights = graph.floats('w', new Array<number>(12).fill(0.1), [3, 4])
    const scores = graph.node('MatMul', [flat, weights], 'scores')
    // Six tensors of 1 GiB that depend on the picture, so that nothing folds them away.
    const one = graph.node('ReduceMean', [scores], 'one', { keepdims: 0 })
    const shape = graph.int64s('shape', [256, 1024, 1024])
    const wide = graph.node('Expand', [one, shape], 'wide')
    const huge = ['Exp', 'Sin', 'Cos', 'Tanh', 'Sigmoid'].map((op) => graph.node(op, [wide], op))
    const sum = graph.node('ReduceMax', [graph.node('Max', huge, 'most')], 'sum', { keepdims: 0 })
    graph.output(graph.node('Add', [scores, sum], 'y'), dataType.float, ['N', 4])
    const path = await fileOf(graph.build())
    const start = performance.now()
    await expect(tried(path)).rejects.toThrow('GB of memory')
    expect(performance.now() - start).toBeLessThan(trialLimits.timeoutMs + 2_000)
  })

  it('refuses files that are too large before anything reads them', async () => {
    const path = join(folder, 'large.onnx')
    const { open } = await import('node:fs/promises')
    const file = await open(path, 'w')
    await file.truncate(501 * 2 ** 20)
    await file.close()
    await expect(tried(path)).rejects.toThrow('501 MB')
    await expect(tried(join(folder, 'none.onnx'))).rejects.toThrow('no file')
  })
})

describe.skipIf(noProcess || noModels)('real networks', () => {
  it('SqueezeNet, two MobileNets and birds are understood and installed', async () => {
    const lines = await readFile(join(birdsPath, '..', 'inat_bird_labels.txt'), 'utf8')
    const birds = lines.trimEnd().split('\n')
    const networks: [string, string[] | undefined, number, number][] = [
      [squeezeNetPath, undefined, 1000, 512],
      [mobileNetPath, undefined, 1000, 1280],
      [mobileNetTf2Path, undefined, 1000, 1280],
      [birdsPath, birds, 964, 1280],
    ]
    for (const [path, names, classes, embedding] of networks) {
      const model = await tried(
        path,
        {},
        names?.map((name): ClassName => ['', name]),
      )
      expect(model.card.classes.count, path).toBe(classes)
      expect(model.card.embedding.dim, path).toBe(embedding)
      expect(model.run.batchDifference, path).toBeLessThan(1e-3)
      // The example photo is a Labrador retriever.
      const best = model.run.top.map(({ index }) => index)
      if (names === undefined) expect(best, path).toContain(208)
      expect(await model.install(), path).toMatchObject({ ok: true })
    }
    expect(await modelsIn(options.userModelsFolder)).toHaveLength(4)
  })
})

describe.skipIf(noProcess || noBadModels)('hostile files', () => {
  it('are all refused with a reason, in time, and leave nothing', async () => {
    const names = (await readdir(badModelsFolder)).filter((name) => name.endsWith('.onnx'))
    for (const name of names) {
      const start = performance.now()
      const path = join(badModelsFolder, name)
      const result = await tryModel({ path, told: {}, labels: undefined }, options)
      expect(result.ok, name).toBe(false)
      const reason = result.ok ? '' : result.error.message
      expect(reason, name).toMatch(/cannot be used: (Expected|It took)/)
      expect(performance.now() - start, name).toBeLessThan(trialLimits.timeoutMs + 2_000)
    }
    process.stderr.write(`${names.length} hostile models refused\n`)
    expect(await readdir(options.userModelsFolder)).toEqual([])
  })
})
