import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeModel } from '../onnx/codec.ts'
import { TextTower } from '../text/text-tower.ts'
import { readTokenizer } from '../text/tokenizer.ts'
import { pairAt, pairWith } from './pair-files.ts'
import { prepareFile } from './prepare-file.ts'
import { colourDim, colourPair, colourScale, wordTokenizer } from './testing/colour-pair.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latent-pair-'))
  await mkdir(join(folder, 'out'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const noPhoto = async (): Promise<undefined> => undefined

async function writePair(options: { dim?: number; whole?: boolean } = {}): Promise<void> {
  const pair = colourPair(options.dim === undefined ? {} : { dim: options.dim })
  const json = (name: string, value: object) => writeFile(join(folder, name), JSON.stringify(value))
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await json('tokenizer.json', pair.tokenizer)
  await json('tokenizer_config.json', { model_max_length: 16, pad_token: '<|endoftext|>' })
  await json('preprocessor_config.json', pair.preprocessor)
  await json('config.json', pair.config)
  const networks: [string, typeof pair.text][] = options.whole
    ? [['model.onnx', pair.whole]]
    : [
        ['vision_model.onnx', pair.picture],
        ['text_model.onnx', pair.text],
      ]
  for (const [name, model] of networks) {
    await writeFile(join(folder, 'onnx', name), encodeModel(model))
  }
}

async function prepare() {
  const found = await pairAt(folder)
  if (found === undefined) throw new Error('Expected a pair')
  return prepareFile(
    {
      type: 'prepare',
      path: found.picture,
      pair: found.pair,
      told: {},
      labels: undefined,
      outFolder: join(folder, 'out'),
      examplePath: '',
    },
    noPhoto,
    () => {},
  )
}

async function nearest(prepared: Awaited<ReturnType<typeof prepare>>, text: string) {
  const out = join(folder, 'out')
  const tokenizer = readTokenizer(await readFile(join(out, 'tokenizer.json'), 'utf8'), undefined)
  const tower = await TextTower.open(
    join(out, 'text.onnx'),
    prepared.pair?.tower ?? failing(),
    tokenizer,
    1,
  )
  const vector = await tower.embed([text])
  await tower.dispose()
  return vector
}

function failing(): never {
  throw new Error('Expected a pair')
}

describe('a folder with a picture and a text network', () => {
  it('is read as a whole: colours, size, context, scale, labels', async () => {
    await writePair()
    const prepared = await prepare()
    expect(prepared.reading).toMatchObject({
      input: { name: 'pixel_values', sidePx: 32 },
      preprocessing: { mean: [0, 0, 0], deviation: [255, 255, 255] },
      output: { kind: 'none' },
      embedding: { value: 'image_embeds', dim: colourDim },
    })
    expect(prepared.pair).toMatchObject({
      scale: 100,
      tower: { contextTokens: 16, fills: false, inputs: { mask: 'attention_mask', positions: '' } },
    })
    expect(prepared.classes?.length).toBeGreaterThan(50)
    expect(await nearest(prepared, 'A RED car!')).toEqual(await nearest(prepared, 'a red car!'))
  })

  it('is found from one of its files, and from a text file and tokenizer that are named', async () => {
    await writePair()
    const vision = join(folder, 'onnx', 'vision_model.onnx')
    expect(await pairAt(vision)).toEqual(await pairAt(folder))
    expect(await pairAt(join(folder, 'onnx', 'text_model.onnx'))).toBeUndefined()
    const text = join(folder, 'onnx', 'text_model.onnx')
    expect(await pairWith(text, join(folder, 'tokenizer.json'))).toEqual(
      (await pairAt(folder))?.pair,
    )
  })

  it('may be one file, which is cut in two', async () => {
    await writePair({ whole: true })
    const prepared = await prepare()
    expect(prepared.pair?.scale).toBeCloseTo(colourScale, 3)
    expect(prepared.reading.embedding).toEqual({ value: 'image_embeds', dim: colourDim })
  })
})

describe('files that are no pair', () => {
  const refusal = async (): Promise<string> => {
    try {
      await prepare()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    return 'It was taken.'
  }

  it('differ in width', async () => {
    await writePair({ dim: 20 })
    expect(await refusal()).toMatch(/image_embeds of 24 numbers, texts text_embeds of 20/)
  })

  it('have a tokenizer that is none', async () => {
    await writePair()
    const tokenizer = join(folder, 'tokenizer.json')
    await writeFile(tokenizer, '{"model": ')
    expect(await refusal()).toBe('tokenizer.json is no JSON.')
    await writeFile(tokenizer, '{"model": {"type": "BPE", "vocab": 7}}')
    expect(await refusal()).toMatch(/is not a tokenizer’s: model.vocab/)
    await writeFile(tokenizer, '[]')
    expect(await refusal()).toMatch(/is not a tokenizer’s/)
  })

  it('have a text network that is missing, or none', async () => {
    await writePair()
    const text = join(folder, 'onnx', 'text_model.onnx')
    await writeFile(text, 'no network at all')
    expect(await refusal()).toMatch(/^text_model.onnx: Expected an ONNX model/)
    await writeFile(text, '')
    expect(await refusal()).toBe('text_model.onnx is empty.')
    const pictures = encodeModel(colourPair().picture)
    await writeFile(text, pictures)
    expect(await refusal()).toMatch(/Expected an input of tokens/)
    const found = await pairAt(folder)
    await rm(text)
    const gone = prepareFile(
      {
        type: 'prepare' as const,
        ...{ path: found?.picture ?? '', pair: found?.pair },
        ...{ told: {}, labels: undefined, outFolder: join(folder, 'out'), examplePath: '' },
      },
      noPhoto,
      () => {},
    )
    await expect(gone).rejects.toThrow('text_model.onnx is no file that can be read.')
  })

  it('have a tokenizer of another model', async () => {
    await writePair()
    const words = Array.from({ length: 300 }, (_, i) => i.toString(26).padStart(4, 'z'))
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(wordTokenizer(words)))
    expect(await refusal()).toMatch(/has \d+ tokens and text_model.onnx knows \d+/)
  })
})
