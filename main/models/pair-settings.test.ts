import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mostTokenizerBytes } from '../text/tokenizer.ts'
import { pairSettings, readBounded } from './pair-settings.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-settings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function settingsOf(preprocessor: unknown, config: unknown) {
  const [first, second] = ['preprocessor_config.json', 'config.json'].map((name) =>
    join(folder, name),
  )
  await writeFile(first ?? '', JSON.stringify(preprocessor))
  await writeFile(second ?? '', JSON.stringify(config))
  const none = { text: '', tokenizer: '', tokenizerConfig: undefined }
  return pairSettings({ ...none, preprocessor: first, config: second })
}

it('reads colours, size and lengths as transformers writes them', async () => {
  const clip = { image_mean: [0.5, 0.4, 0.3], image_std: [0.25, 0.25, 0.5], do_center_crop: true }
  const settings = await settingsOf(
    { ...clip, crop_size: { height: 336, width: 336 }, size: { shortest_edge: 300 } },
    { model_type: 'clip', text_config: { max_position_embeddings: 77 } },
  )
  expect(settings).toMatchObject({ sidePx: 336, contextTokens: 77, usualScale: 100 })
  expect(settings.told.preprocessing?.mean?.[0]).toBeCloseTo(127.5)
  expect(settings.told.preprocessing?.deviation?.[2]).toBeCloseTo(127.5)
  const older = await settingsOf({ ...clip, size: 224 }, {})
  expect(older).toMatchObject({ sidePx: 224, contextTokens: undefined })
})

it('knows SigLIP’s scale, and that its pictures were squeezed', async () => {
  const settings = await settingsOf({ size: { height: 224, width: 224 } }, { model_type: 'siglip' })
  expect(settings.usualScale).toBe(117)
  expect(settings.notes.join()).toContain('squeezed')
})

it('says which file and what in it is wrong', async () => {
  await expect(settingsOf({ image_mean: 'grey' }, {})).rejects.toThrow(
    /preprocessor_config.json: image_mean/,
  )
})

it('refuses a file of hundreds of megabytes before it is read', async () => {
  const path = join(folder, 'tokenizer.json')
  const file = await open(path, 'w')
  await file.truncate(500 * 2 ** 20)
  await file.close()
  await expect(readBounded(path, mostTokenizerBytes)).rejects.toThrow(
    'tokenizer.json has 500 MB; Latent reads up to 64 MB of it.',
  )
  await expect(readBounded(join(folder, 'none.json'), 1)).rejects.toThrow(
    'none.json is no file that can be read.',
  )
})
