import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { smallNetwork } from '../main/models/testing/small-networks.ts'
import { encodeModel } from '../main/onnx/codec.ts'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

test('a network is imported, used by the other commands, verified and removed', async ({
  folder,
}) => {
  const file = join(folder, 'small.onnx')
  const labels = join(folder, 'labels.txt')
  await writeFile(file, encodeModel(smallNetwork()))
  await writeFile(labels, [...'abcdefghij'].map((name) => `thing ${name}`).join('\n'))
  await goodPhotos(join(folder, 'photos'), 1)
  const photo = join(folder, 'photos', 'dog 1.jpg')

  const guessed = await latent(folder, 'models', 'import', file, '--labels', labels)
  expect(guessed.lines).toMatchObject([
    {
      card: {
        id: 'small',
        input: { name: 'x', layout: 'nchw', sidePx: 32 },
        classes: { count: 10, labels: 'file' },
        embedding: { value: 'fc7', dim: 8 },
      },
      installed: false,
    },
  ])
  // The card, corrected and handed back whole, is consent.
  const card = join(folder, 'card.json')
  const corrected = { ...(guessed.lines[0]?.card as object), name: 'Small things' }
  await writeFile(card, JSON.stringify({ card: corrected }))
  const asTold = ['--card', card, '--labels', labels]
  const imported = await latent(folder, 'models', 'import', file, ...asTold)
  expect(imported.lines).toMatchObject([{ card: { name: 'Small things' }, installed: true }])

  const { lines: listed } = await latent(folder, 'models', 'list')
  expect(listed).toMatchObject([
    { id: 'inception-v3', builtIn: true, default: true },
    { id: 'small', name: 'Small things', builtIn: false, classes: 10, embedding: 8 },
  ])
  const { lines: verified } = await latent(folder, 'models', 'verify', 'small')
  expect(verified).toMatchObject([{ id: 'small', ok: true }])

  const all = ['--model', 'small', '--top', '10']
  const { lines: classified } = await latent(folder, 'classify', photo, ...all)
  expect(classified[0]?.labels).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'thing a', wnid: '' })]),
  )
  const { lines: layers } = await latent(folder, 'inspect', photo, '--model', 'small', '--layers')
  expect(layers.map(({ layer }) => layer)).toEqual(expect.arrayContaining(['conv1', 'pool']))
  const library = join(folder, 'library')
  const inLibrary = ['--library', library, '--model', 'small']
  const { lines: indexed } = await latent(folder, 'index', join(folder, 'photos'), ...inLibrary)
  expect(indexed).toMatchObject([{ summary: { done: 1, model: 'small' } }])
  const { lines: near } = await latent(folder, 'neighbours', photo, ...inLibrary)
  expect(near).toMatchObject([{ path: photo }])

  const { lines: removed } = await latent(folder, 'models', 'remove', 'small')
  expect(removed).toEqual([{ id: 'small', removed: true }])
  expect((await latent(folder, 'classify', photo, '--model', 'small')).code).toBe(2)
})

test('the models command says what is wrong', async ({ folder }) => {
  const letter = join(folder, 'letter.onnx')
  const card = join(folder, 'card.json')
  await writeFile(letter, 'Dear network')
  await writeFile(card, '{"colour":"blue"}')
  const failing: [number, string[]][] = [
    [2, []],
    [2, ['improve']],
    [2, ['import']],
    [2, ['import', letter, '--id', 'UPPER CASE']],
    [2, ['import', letter, '--card', card]],
    [1, ['import', letter, '--yes']],
    [1, ['import', join(folder, 'absent.onnx'), '--yes']],
    [1, ['remove', 'inception-v3']],
    [1, ['remove', '../data']],
  ]
  for (const [wanted, args] of failing) {
    const { code, lines } = await latent(folder, 'models', ...args)
    expect(code, args.join(' ')).toBe(wanted)
    expect(lines).toEqual([])
  }
  const { code, lines } = await latent(folder, 'models', 'verify', 'unknown')
  expect(code).toBe(1)
  expect(lines).toMatchObject([{ id: 'unknown', ok: false }])
})

test('the catalogue is listed, and a download that cannot be had is said', async ({ folder }) => {
  const { lines } = await latent(folder, 'models', 'catalogue')
  expect(lines).toHaveLength(7)
  expect(lines).toContainEqual(
    expect.objectContaining({
      id: 'alexnet',
      bytes: 243_863_787,
      url: expect.stringMatching(/^https:.*bvlcalexnet-12\.onnx$/),
      installed: false,
    }),
  )
  expect((await latent(folder, 'models', 'install', 'unknown')).code).toBe(2)
  // Nobody listens there.
  process.env.LATENT_MODELS_URL = 'http://127.0.0.1:9/'
  const failed = await latent(folder, 'models', 'install', 'squeezenet-1.1')
  delete process.env.LATENT_MODELS_URL
  expect(failed).toEqual({ code: 1, lines: [] })
})
