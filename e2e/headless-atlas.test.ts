import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

interface Atlas {
  readonly cells: readonly {
    readonly column: number
    readonly samples: number
    readonly labels: readonly { readonly name: string }[]
    readonly patches: readonly { readonly path: string; readonly side: number }[]
  }[]
}

test('atlas draws what a layer tells apart, and dreams of it', async ({ folder }) => {
  const photos = join(folder, 'photos')
  const library = join(folder, 'library')
  const out = join(folder, 'atlas')
  await goodPhotos(photos, 6)
  await latent(folder, 'index', photos, '--library', library)
  const wanted = ['atlas', '--library', library, '--layer', 'Mixed_5b', '--out', out]
  const options = ['--photos', '5', '--grid', '2', '--dreams', '--steps', '2']
  const { code, lines } = await latent(folder, ...wanted, ...options)
  expect(code).toBe(0)
  expect(lines).toMatchObject([
    { summary: { layer: 'Mixed_5b', photos: 5, skipped: 0, samples: 40, labelsFrom: 'effect' } },
  ])
  const atlas: Atlas = JSON.parse(await readFile(join(out, 'atlas.json'), 'utf8'))
  expect(atlas.cells.length).toBeGreaterThan(0)
  for (const cell of atlas.cells) {
    expect(cell.samples).toBeGreaterThanOrEqual(3)
    expect(cell.labels.length).toBeLessThanOrEqual(5)
    expect(cell.patches[0]?.path).toContain('dog')
    expect(cell.patches[0]?.side).toBeGreaterThan(10)
  }
  for (const name of ['atlas.png', 'dreams.png']) {
    expect((await readFile(join(out, name))).toString('latin1', 1, 4)).toBe('PNG')
  }
})

test('atlas says what is wrong', async ({ folder }) => {
  const failing: [number, string[]][] = [
    [2, ['atlas', '--library', folder, '--out', folder]],
    [2, ['atlas', '--library', folder, '--layer', 'Mixed_6d']],
    [2, ['atlas', '--library', folder, '--layer', 'Mixed_6d', '--out', folder, '--grid', '1']],
    [1, ['atlas', '--library', folder, '--layer', 'Mixed_6d', '--out', folder]],
  ]
  for (const [wanted, args] of failing) {
    const { code, lines } = await latent(folder, ...args)
    expect(code, args.join(' ')).toBe(wanted)
    expect(lines).toEqual([])
  }
})
