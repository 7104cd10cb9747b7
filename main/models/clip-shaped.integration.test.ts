import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeModel } from '../onnx/codec.ts'
import { TextTower } from '../text/text-tower.ts'
import { readTokenizer } from '../text/tokenizer.ts'
import { prepareFile } from './prepare-file.ts'
import { type ClipSize, clipShaped, tinyClip } from './testing/clip-shaped.ts'
import { colourWords, wordTokenizer } from './testing/colour-pair.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-clip-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function prepare(size: ClipSize) {
  const { picture, text } = clipShaped(size)
  const at = (name: string): string => join(folder, name)
  await writeFile(at('vision.onnx'), encodeModel(picture))
  await writeFile(at('text.in.onnx'), encodeModel(text))
  await writeFile(at('tokenizer.json'), JSON.stringify(wordTokenizer(colourWords)))
  await writeFile(
    at('config.json'),
    JSON.stringify({
      model_type: 'clip',
      text_config: { max_position_embeddings: size.contextTokens },
    }),
  )
  await writeFile(
    at('preprocessor_config.json'),
    JSON.stringify({
      image_mean: [0.48145466, 0.4578275, 0.40821073],
      image_std: [0.26862954, 0.26130258, 0.27577711],
      crop_size: { height: size.sidePx, width: size.sidePx },
      do_center_crop: true,
    }),
  )
  return prepareFile(
    {
      type: 'prepare',
      path: at('vision.onnx'),
      pair: {
        text: at('text.in.onnx'),
        tokenizer: at('tokenizer.json'),
        tokenizerConfig: undefined,
        preprocessor: at('preprocessor_config.json'),
        config: at('config.json'),
      },
      told: { preprocessing: { channelOrder: 'rgb' }, input: { sidePx: size.sidePx } },
      labels: undefined,
      outFolder: folder,
      examplePath: '',
    },
    async () => undefined,
    () => {},
  )
}

describe('a pair of CLIP’s shape', () => {
  it('is read, cut, tried and given labels', async () => {
    const prepared = await prepare(tinyClip)
    expect(prepared.reading).toMatchObject({
      input: { name: 'pixel_values', sidePx: 32 },
      embedding: { value: 'image_embeds', dim: 24 },
    })
    expect(prepared.reading.preprocessing.mean[0]).toBeCloseTo(122.77, 2)
    expect(prepared.pair?.tower).toMatchObject({
      contextTokens: 12,
      embeddingDim: 24,
      // No token looks ahead, so that what fills a text up changes nothing.
      fills: false,
      inputs: { ids: 'input_ids', mask: '', positions: '' },
    })
  })

  it('gives a text the same vector whatever it stands beside', async () => {
    const prepared = await prepare(tinyClip)
    const tokenizer = readTokenizer(JSON.stringify(wordTokenizer(colourWords)), undefined)
    const spec = prepared.pair?.tower
    if (spec === undefined) throw new Error('Expected a pair')
    const tower = await TextTower.open(join(folder, 'text.onnx'), spec, tokenizer, 1)
    const alone = await tower.embed(['red'])
    const beside = await tower.embed(['a photo of the dark night', 'red'])
    await tower.dispose()
    alone.forEach((value, x) => {
      expect(beside[spec.embeddingDim + x]).toBeCloseTo(value, 4)
    })
  })
})
