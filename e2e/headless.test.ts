import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { brokenPhotos, goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

test('classify prints a line a file and a summary', async ({ folder }) => {
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 2)
  const broken = await brokenPhotos(photos)
  const { code, lines } = await latent(folder, 'classify', photos)
  expect(code).toBe(0)
  expect(lines).toHaveLength(2 + broken.length + 1)
  const dog = lines.find(({ path }) => String(path).endsWith('dog 1.jpg'))
  expect(dog).toMatchObject({ status: 'ok', width: 1387, height: 1387 })
  expect(dog?.labels).toMatchObject([
    { index: 208, wnid: 'n02099712', name: 'Labrador retriever' },
    {},
    {},
    {},
    {},
  ])
  expect(lines.at(-1)).toMatchObject({ summary: { photos: 2 + broken.length, ok: 2, damaged: 1 } })
})

test('index does only what is new, and neighbours finds the same photo first', async ({
  folder,
}) => {
  const photos = join(folder, 'photos')
  const library = join(folder, 'library')
  await goodPhotos(photos, 3)
  const first = await latent(folder, 'index', photos, '--library', library)
  expect(first.lines).toMatchObject([{ summary: { state: 'done', photos: 3, done: 3 } }])
  const second = await latent(folder, 'index', photos, '--library', library)
  expect(second.lines).toMatchObject([{ summary: { state: 'done', photos: 3, done: 0 } }])
  const photo = join(photos, 'dog 1.jpg')
  const { lines } = await latent(folder, 'neighbours', photo, '--library', library, '--k', '2')
  expect(lines).toHaveLength(2)
  expect(lines[0]?.similarity).toBeGreaterThan(0.999)
})

test('doctor tells what runs and that it works', async ({ folder }) => {
  const { code, lines } = await latent(folder, 'doctor')
  expect(code).toBe(0)
  expect(lines).toMatchObject([
    {
      runtime: expect.stringMatching(/^Electron \d/),
      inferenceRuntime: expect.stringMatching(/^ONNX Runtime \d/),
      selfTest: { ok: true },
    },
  ])
})

test('wrong usage exits with 2 and prints nothing on stdout', async ({ folder }) => {
  for (const args of [[], ['nonsense'], ['classify'], ['classify', '--top', '0', 'x.jpg']]) {
    const { code, lines } = await latent(folder, ...args)
    expect(code).toBe(2)
    expect(lines).toEqual([])
  }
})
