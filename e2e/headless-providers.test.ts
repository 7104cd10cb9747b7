import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { smallNetwork } from '../main/models/testing/small-networks.ts'
import { encodeModel } from '../main/onnx/codec.ts'
import { test } from './launch.ts'
import { goodPhotos } from './photos.ts'
import { runLatent as latent } from './run-latent.ts'

test('providers are tried and told of, and a command is held to the one it asks for', async ({
  folder,
}) => {
  const file = join(folder, 'small.onnx')
  await writeFile(file, encodeModel(smallNetwork()))
  await latent(folder, 'models', 'import', file, '--yes')
  const { code, lines } = await latent(folder, 'providers', '--model', 'small')
  expect(code).toBe(0)
  const lineOf = (name: string) => lines.find(({ provider }) => provider === name)
  expect(lineOf('cpu')).toMatchObject({ offered: true, tried: true, ok: true })
  expect(lines.filter(({ chosen }) => chosen === true)).toHaveLength(1)
  for (const { ok, tried, reason } of lines) {
    // Whatever is not used says why.
    if (ok !== true || tried !== true) expect(String(reason).length).toBeGreaterThan(10)
  }

  await goodPhotos(join(folder, 'photos'), 1)
  const photo = join(folder, 'photos', 'dog 1.jpg')
  const onCpu = await latent(folder, 'classify', photo, '--model', 'small', '--provider', 'cpu')
  expect(onCpu.lines.at(-1)).toMatchObject({ summary: { ok: 1, executionProvider: 'cpu' } })
  const absent = process.platform === 'win32' ? 'coreml' : 'dml'
  const refused = await latent(folder, 'classify', photo, '--model', 'small', '--provider', absent)
  expect(refused).toEqual({ code: 1, lines: [] })
  const unknown = await latent(folder, 'classify', photo, '--provider', 'gpu')
  expect(unknown).toEqual({ code: 2, lines: [] })
})

test('an integer twin of a network is compared with it, and kept when it is faster', async ({
  folder,
}) => {
  const file = join(folder, 'small.onnx')
  await writeFile(file, encodeModel(smallNetwork({ side: 224 })))
  await latent(folder, 'models', 'import', file, '--yes')
  const photos = join(folder, 'photos')
  await goodPhotos(photos, 12)
  const made = await latent(folder, 'models', 'quantise', 'small', '--photos', photos)
  expect(made).toMatchObject({ code: 0, lines: [{ id: 'small-int8' }] })
  const [line] = made.lines
  const { float, int8 } = (line?.photosPerSecond ?? { float: 0, int8: 0 }) as {
    float: number
    int8: number
  }
  if (float !== int8) expect(line?.kept).toBe(int8 > float)
  expect(line?.meanEmbeddingCosine).toBeGreaterThan(0.99)
  const { lines: listed } = await latent(folder, 'models', 'list')
  expect(listed.some(({ id }) => id === 'small-int8')).toBe(line?.kept)
  if (line?.kept !== true) return
  const card: unknown = JSON.parse(await readFile(join(String(line.folder), 'model.json'), 'utf8'))
  expect(card).toMatchObject({ id: 'small-int8', quantised: { file: 'quantised.onnx' } })
  const verified = await latent(folder, 'models', 'verify', 'small-int8')
  expect(verified.lines).toMatchObject([{ id: 'small-int8', ok: true }])
})
