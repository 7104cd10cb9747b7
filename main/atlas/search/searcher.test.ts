import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seeded } from '../../onnx/testing/seeded.ts'
import { RecordFile } from '../../store/record-file.ts'
import type { Metric } from '../protocol.ts'
import { halvesOf } from '../vectors/half-bits.ts'
import { Searcher } from './searcher.ts'

const dim = 32
const count = 200
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-searcher-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

function write(file: RecordFile, id: number, vector: Float32Array): void {
  file.write(id - 1, new Uint8Array(halvesOf(vector).buffer))
}

it('keeps an index for each way of comparing, and both in step with what changes', async () => {
  const vectors = { path: join(folder, 'v.f16'), tag: 'test', embeddingDim: dim }
  const file = RecordFile.open(vectors.path, dim * 2, vectors.tag)
  const random = seeded(4)
  for (let id = 1; id <= count; id++) write(file, id, unit(random.normals(dim)))
  const ids = Uint32Array.from({ length: count }, (_, i) => i + 1)
  const wanted = unit(random.normals(dim))
  const searcher = new Searcher(1)
  const watch = { signal: new AbortController().signal, onProgress: () => {} }
  const best = async (metric: Metric, changed: readonly number[] = []) => {
    const set = { vectors, version: 'a', ids }
    const like = { halves: halvesOf(wanted) }
    const request = { set, metric, changed: Uint32Array.from(changed), like, k: 1 }
    return (await searcher.nearest(request, watch))?.ids[0]
  }
  await best('centred')
  await best('cosine')
  write(file, 77, wanted)
  // Only the first of the two calls is told.
  expect(await best('centred', [77])).toBe(77)
  expect(await best('cosine')).toBe(77)
  file.dispose()
})
