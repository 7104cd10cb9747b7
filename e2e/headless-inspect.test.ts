import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './launch.ts'
import { brokenPhotos, goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

async function onePhoto(folder: string): Promise<string> {
  await goodPhotos(folder, 1)
  return join(folder, 'dog 1.jpg')
}

test('inspect says what a photo shows, and lists layers', async ({ folder }) => {
  const photo = await onePhoto(folder)
  const { lines: labels } = await latent(folder, 'inspect', photo)
  expect(labels).toHaveLength(5)
  expect(labels[0]).toMatchObject({
    index: 208,
    path: ['animal', 'mammal', 'dog', 'retriever', 'Labrador retriever'],
  })
  const { lines: layers } = await latent(folder, 'inspect', photo, '--layers')
  expect(layers[0]).toMatchObject({
    layer: 'Conv2d_1a',
    kind: 'convolution',
    channels: 32,
    height: 149,
    width: 149,
    parameters: 896,
  })
  expect(layers.map(({ layer }) => layer)).toEqual(
    expect.arrayContaining(['Mixed_5b', 'Mixed_7c', 'logits']),
  )
})

test('inspect writes a layer as picture and tensor, and where a label comes from', async ({
  folder,
}) => {
  const photo = await onePhoto(folder)
  const out = join(folder, 'out')
  const { lines } = await latent(folder, 'inspect', photo, '--layer', 'Mixed_5b', '--out', out)
  const [png = '', npy = ''] = lines.map(({ path }) => String(path))
  expect((await readFile(png)).toString('latin1', 1, 4)).toBe('PNG')
  const tensor = await readFile(npy)
  expect(tensor.toString('latin1', 0, 128)).toContain('(256, 35, 35)')
  expect(tensor.length).toBe(tensor.indexOf('\n') + 1 + 256 * 35 * 35 * 4)
  const why = join(folder, 'why.png')
  const explained = await latent(folder, 'inspect', photo, '--why', 'n02099712', '--out', why)
  expect(explained.lines).toMatchObject([{ path: why, method: 'grad-cam', index: 208 }])
  expect((await readFile(why)).toString('latin1', 1, 4)).toBe('PNG')
})

test('dream makes the same picture from the same seed', async ({ folder }) => {
  const pictures: Buffer[] = []
  for (const name of ['one.png', 'two.png']) {
    const path = join(folder, name)
    const unit = ['--layer', 'Mixed_5b', '--channel', '9', '--steps', '4', '--out', path]
    const { lines } = await latent(folder, 'dream', ...unit)
    expect(lines).toMatchObject([{ path, layer: 'Mixed_5b', channel: 9, steps: 4, seed: 1 }])
    pictures.push(await readFile(path))
  }
  expect(pictures[0]?.equals(pictures[1] ?? Buffer.alloc(0))).toBe(true)
})

test('inspect and dream say what is wrong', async ({ folder }) => {
  const photo = await onePhoto(folder)
  await brokenPhotos(join(folder, 'broken'))
  const failing: [number, string[]][] = [
    [2, ['inspect']],
    [2, ['inspect', photo, '--layer', 'Mixed_5b']],
    [2, ['inspect', photo, '--why', 'retriever', '--out', 'x.png']],
    [1, ['inspect', photo, '--layer', 'conv99', '--out', folder]],
    [1, ['inspect', join(folder, 'broken', 'letter.jpg')]],
    [2, ['dream', '--layer', 'Mixed_5b', '--out', 'x.png']],
    [1, ['dream', '--layer', 'Mixed_5b', '--channel', '999', '--out', 'x.png']],
  ]
  for (const [wanted, args] of failing) {
    const { code, lines } = await latent(folder, ...args)
    expect(code, args.join(' ')).toBe(wanted)
    expect(lines).toEqual([])
  }
})
