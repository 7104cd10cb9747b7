import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelTrial, TrialAnswer } from '../../preload/contract/models.ts'
import { forkWithNode } from '../engine/fork-node.ts'
import { encodeModel } from '../onnx/codec.ts'
import type { Model } from '../onnx/model.ts'
import type { ImportOptions } from './import-model.ts'
import { findModel } from './installed.ts'
import { ModelTrials } from './model-trials.ts'
import { residentBytes } from './resident-bytes.ts'
import { trialLimits } from './run-trial.ts'
import { smallEncoder, smallNetwork } from './testing/small-networks.ts'
import { verifyModel } from './verify-model.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const entry = join(repository, 'out', 'main', 'model-trial.js')
const noProcess = !existsSync(entry)
if (noProcess) process.stderr.write('SKIPPED in model-trials.integration.test.ts: no build\n')

let folder: string
let trials: ModelTrials
const options = (signal?: AbortSignal): ImportOptions => ({
  modelsFolder: join(folder, 'own'),
  userModelsFolder: join(folder, 'models'),
  fork: forkWithNode(entry),
  residentBytes,
  limits: trialLimits,
  known: [],
  examplePath: join(repository, 'models', 'installed', 'inception-v3', 'example.jpg'),
  signal,
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-trials-'))
  trials = new ModelTrials((signal) => options(signal))
})
afterEach(async () => {
  await trials.discard()
  await rm(folder, { recursive: true, force: true })
})

async function fileOf(model: Model, name = 'small.onnx'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, encodeModel(model))
  return path
}

function tried(answer: TrialAnswer): ModelTrial {
  if (answer.kind === 'refused') throw new Error(answer.failure.message)
  return answer.trial
}

const present = (): Promise<string[]> => readdir(join(folder, 'models'))

describe.skipIf(noProcess)('a model that is brought to the window', () => {
  it('is tried, tried again as a person says, named and installed', async () => {
    const first = tried(await trials.open(await fileOf(smallNetwork())))
    expect(first).toMatchObject({
      fileName: 'small.onnx',
      card: { id: 'small', classes: { count: 10, labels: 'numbers' } },
      outputs: expect.arrayContaining(['prob']),
      catalogueId: null,
    })
    expect(first.labels).toHaveLength(5)
    expect(first.embeddings).toContainEqual({ value: 'fc7', dim: 8 })
    expect(first.layers).toContain('conv1')

    const list = join(folder, 'names.txt')
    await writeFile(list, ['background', ...'abcdefghi'].join('\n'))
    expect(await trials.takeLabels(first.trialId, list)).toEqual({ ok: true, value: 'names.txt' })
    const told = { preprocessing: { channelOrder: 'bgr' as const }, embedding: { value: 'pool' } }
    const answer = await trials.again(first.trialId, told, {
      name: 'mine.jpg',
      path: options().examplePath,
    })
    if (!answer.ok) throw new Error(answer.error.message)
    const second = tried(answer.value)
    expect(second).toMatchObject({
      trialId: first.trialId,
      labelsFile: 'names.txt',
      photoName: 'mine.jpg',
      card: {
        preprocessing: { channelOrder: 'bgr' },
        classes: { count: 9, droppedFirst: 1, labels: 'file' },
        embedding: { value: 'pool' },
      },
    })
    expect(second.labels.every(({ name }) => /^[a-i]$/.test(name))).toBe(true)
    // One folder at a time, out of sight.
    expect((await present()).filter((name) => !name.startsWith('.'))).toEqual([])
    expect(await present()).toHaveLength(1)

    const installed = await trials.install(second.trialId, { id: 'mine', name: 'My own' })
    expect(installed).toMatchObject({ ok: true, value: { id: 'mine', name: 'My own' } })
    expect(await present()).toEqual(['mine'])
    expect(await trials.install(second.trialId, { id: 'mine', name: '' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('is refused with its reason and can be corrected', async () => {
    const path = await fileOf(smallNetwork({ end: 'map' }))
    const first = tried(await trials.open(path))
    const wrong = await trials.again(first.trialId, { embedding: { value: 'none' } }, undefined)
    expect(wrong).toMatchObject({
      ok: true,
      value: { kind: 'refused', trialId: first.trialId, failure: { code: 'refused' } },
    })
    expect(await present()).toEqual([])
    const right = await trials.again(first.trialId, {}, undefined)
    expect(right).toMatchObject({ ok: true, value: { kind: 'tried' } })
  })

  it('gives way to the next one, and leaves nothing when it is discarded', async () => {
    const first = tried(await trials.open(await fileOf(smallNetwork())))
    const second = tried(await trials.open(await fileOf(smallNetwork(), 'next.onnx')))
    expect(await present()).toHaveLength(1)
    expect(await trials.again(first.trialId, {}, undefined)).toMatchObject({ ok: false })
    await trials.discard(second.trialId)
    expect(await present()).toEqual([])
  })

  it('ends when it is discarded while it is tried', async () => {
    const opening = trials.open(await fileOf(smallNetwork()))
    await new Promise((soon) => setTimeout(soon, 30))
    await trials.discard()
    expect(await opening).toMatchObject({ kind: 'refused', failure: { code: 'cancelled' } })
    expect(await present()).toEqual([])
  })

  it('may be a network without class scores', async () => {
    const trial = tried(await trials.open(await fileOf(smallEncoder(), 'embedder.onnx')))
    expect(trial).toMatchObject({
      labels: [],
      card: { output: { kind: 'none' }, classes: { count: 0, labels: 'none' } },
    })
    await trials.install(trial.trialId, { id: 'embedder', name: 'Embedder' })
    const found = await findModel(options(), 'embedder')
    if (!found.ok) throw new Error(found.error.message)
    expect(found.value.card).toMatchObject({ classCount: 0, embeddingDim: 16 })
    expect(found.value.labels.size).toBe(0)
    expect(await verifyModel(found.value, options())).toMatchObject({ ok: true })
  })
})
