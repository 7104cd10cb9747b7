import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelSpec, Tuning } from './protocol.ts'
import { TuningCache } from './tuning-cache.ts'

const model: ModelSpec = {
  id: 'tiny',
  onnxPath: 'tiny.onnx',
  sha256: 'ab'.repeat(32),
  inputSizePx: 32,
  classCount: 2,
  embeddingDim: 4,
  unitCount: 0,
}
const tuning: Tuning = {
  provider: 'cpu',
  why: 'It is the only one that works here.',
  substitutes: [],
  floatOn: [],
  trials: [{ provider: 'cuda', ok: false, reason: 'No driver.' }],
  threads: 2,
  batchSize: 8,
  decodeWorkers: 4,
}

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-tuning-'))
  file = join(folder, 'deep', 'tuning.json')
})
afterEach(() => rm(folder, { recursive: true }))

describe('TuningCache', () => {
  it('remembers what was written, across instances, and makes its folder', async () => {
    const cache = new TuningCache(file, 'ORT 1')
    expect(await cache.read(model, [])).toBeUndefined()
    await cache.write(model, [], tuning)
    expect(await new TuningCache(file, 'ORT 1').read(model, [])).toEqual(tuning)
    expect(await readdir(join(folder, 'deep'))).toEqual(['tuning.json'])
  })

  it('keeps models, restrictions and runtimes apart', async () => {
    const cache = new TuningCache(file, 'ORT 1')
    await cache.write(model, [], tuning)
    const other = { ...model, sha256: 'cd'.repeat(32) }
    expect(await cache.read(other, [])).toBeUndefined()
    expect(await cache.read(model, ['cpu'])).toBeUndefined()
    expect(await new TuningCache(file, 'ORT 2').read(model, [])).toBeUndefined()
    await cache.write(model, ['cpu'], { ...tuning, threads: 1 })
    expect((await cache.read(model, []))?.threads).toBe(2)
    expect((await cache.read(model, ['cpu']))?.threads).toBe(1)
  })

  it('forgets one entry and keeps the others', async () => {
    const cache = new TuningCache(file, 'ORT 1')
    await cache.write(model, [], tuning)
    await cache.write(model, ['cpu'], tuning)
    await cache.forget(model, [])
    expect(await cache.read(model, [])).toBeUndefined()
    expect(await cache.read(model, ['cpu'])).toEqual(tuning)
  })

  it('takes a broken file for an empty one, and replaces it', async () => {
    const cache = new TuningCache(file, 'ORT 1')
    await cache.write(model, [], tuning)
    const good = await readFile(file, 'utf8')
    for (const broken of [
      '',
      '{',
      '[]',
      good.slice(0, -3),
      good.replace('"threads": 2', '"threads": 0'),
    ]) {
      await writeFile(file, broken)
      expect(await cache.read(model, [])).toBeUndefined()
    }
    await cache.write(model, [], tuning)
    expect(await cache.read(model, [])).toEqual(tuning)
  })
})
