import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

interface Point {
  readonly id: number
  readonly path: string
  readonly x: number
  readonly y: number
  readonly z?: number
  readonly cluster: number
}

const pointsIn = async (path: string): Promise<readonly Point[]> =>
  JSON.parse(await readFile(path, 'utf8'))

test('project lays a library out, the same for the same seed', async ({ folder }) => {
  const photos = join(folder, 'photos')
  const library = join(folder, 'library')
  const out = join(folder, 'points.json')
  await goodPhotos(photos, 7)
  await latent(folder, 'index', photos, '--library', library)

  const { code, lines } = await latent(folder, 'project', '--library', library, '--out', out)
  expect(code).toBe(0)
  expect(lines).toMatchObject([
    { summary: { photos: 7, cached: false, exactNeighbours: true, quality: { sampled: 7 } } },
  ])
  const points = await pointsIn(out)
  expect(points.map(({ path }) => path)).toEqual(
    Array.from({ length: 7 }, (_, i) => join(photos, `dog ${i + 1}.jpg`)),
  )
  expect(points.every(({ x, y, z }) => [x, y, z].every(Number.isFinite))).toBe(true)

  const again = await latent(folder, 'project', '--library', library, '--out', out)
  expect(again.lines).toMatchObject([{ summary: { cached: true } }])
  expect(await pointsIn(out)).toEqual(points)

  const flat = ['--dims', '2', '--method', 'pca', '--seed', '2']
  await latent(folder, 'project', '--library', library, '--out', out, ...flat)
  expect((await pointsIn(out)).every(({ z }) => z === undefined)).toBe(true)

  const clusters = await latent(folder, 'cluster', '--library', library, '--min-size', '3')
  expect(clusters.code).toBe(0)
  const groups = clusters.lines.filter(({ photos: members }) => Array.isArray(members))
  const all = groups.flatMap(({ photos: members }) => members as { id: number }[])
  expect(all.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(clusters.lines.at(-1)).toMatchObject({ summary: { photos: 7 } })
})

test('project and cluster say what is wrong', async ({ folder }) => {
  const out = join(folder, 'points.json')
  const failing: [number, string[]][] = [
    [2, ['project', '--library', folder]],
    [2, ['project', '--out', out]],
    [2, ['project', '--library', folder, '--out', out, '--dims', '4']],
    [2, ['project', '--library', folder, '--out', out, '--min-dist', 'near']],
    [1, ['project', '--library', folder, '--out', out]],
    [2, ['cluster', '--library', folder, '--min-size', '1']],
    [1, ['cluster', '--library', folder]],
  ]
  for (const [wanted, args] of failing) {
    const { code, lines } = await latent(folder, ...args)
    expect(code, args.join(' ')).toBe(wanted)
    expect(lines).toEqual([])
  }
})
