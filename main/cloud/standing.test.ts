import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { firstCloudSettings } from '../../preload/contract/cloud.ts'
import { type Standing, unplacedIn, withPhotos } from './standing.ts'
import { readStanding, writeStanding } from './standing-file.ts'

const standing: Standing = {
  ids: Uint32Array.of(2, 5, 9),
  positions: Float32Array.of(0, 0, 2, 0, 0, 5, 0, 0, 9),
  settings: firstCloudSettings,
  method: 'umap',
  facts: null,
  madeOf: 3,
}
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-standing-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('tells which photos have no place', () => {
  expect([...unplacedIn(Uint32Array.of(1, 2, 3, 9, 12), standing)]).toEqual([1, 3, 12])
})

it('gives photos that came their places, and forgets those that went', () => {
  const added = { ids: Uint32Array.of(1, 7), positions: Float32Array.of(0, 0, 1, 0, 0, 7) }
  const now = withPhotos(standing, Uint32Array.of(1, 2, 7, 9), added)
  expect([...now.positions]).toEqual([0, 0, 1, 0, 0, 2, 0, 0, 7, 0, 0, 9])
  expect(now.madeOf).toBe(3)
})

it('comes back from disk as it was', async () => {
  const path = join(folder, 'deep', 'a.standing')
  await writeStanding(path, standing)
  expect(await readStanding(path)).toEqual(standing)
})

it('counts as absent when it is not whole', async () => {
  const path = join(folder, 'b.standing')
  expect(await readStanding(path)).toBeUndefined()
  await writeStanding(path, standing)
  await truncate(path, 300)
  expect(await readStanding(path)).toBeUndefined()
  await writeFile(path, 'no layout')
  expect(await readStanding(path)).toBeUndefined()
})
