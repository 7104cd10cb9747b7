// What the settings files beside a pair of networks say of pictures and texts.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import type { ToldCard } from '../../preload/contract/model-card.ts'
import type { PairFiles } from './pair-files.ts'

export interface PairSettings {
  /** Of the picture network, as far as the files say. */
  readonly told: Pick<ToldCard, 'preprocessing'>
  readonly sidePx: number | undefined
  readonly contextTokens: number | undefined
  /** What cosines are multiplied by, where only the kind of network tells it. */
  readonly usualScale: number
  readonly notes: readonly string[]
}

const mostSettingsBytes = 4 * 2 ** 20

const size = z.union([
  z.int(),
  z.looseObject({
    shortest_edge: z.int().optional(),
    height: z.int().optional(),
    width: z.int().optional(),
  }),
])
const three = z.tuple([z.number(), z.number(), z.number()])
const preprocessorFile = z.looseObject({
  image_mean: three.optional(),
  image_std: three.optional(),
  do_normalize: z.boolean().optional(),
  do_center_crop: z.boolean().optional(),
  rescale_factor: z.number().positive().optional(),
  size: size.nullish(),
  crop_size: size.nullish(),
})
const configFile = z.looseObject({
  model_type: z.string().optional(),
  text_config: z.looseObject({ max_position_embeddings: z.int().min(2).optional() }).optional(),
})

/** Both were clipped at, or came close to, these. */
const scales = { clip: 100, siglip: 117 } as const

/** @throws Error with a sentence when a file is not what it should be */
export async function pairSettings(pair: PairFiles): Promise<PairSettings> {
  const { preprocessor, config } = pair
  const pictures = await readJson(preprocessor, preprocessorFile)
  const networks = await readJson(config, configFile)
  const notes: string[] = []
  const { image_mean: mean, image_std: deviation, do_normalize: normalises = true } = pictures ?? {}
  const whole = 1 / (pictures?.rescale_factor ?? 1 / 255)
  const inPixels = ([r, g, b]: z.infer<typeof three>): [number, number, number] => [
    r * whole,
    g * whole,
    b * whole,
  ]
  const told: PairSettings['told'] = !normalises
    ? { preprocessing: { mean: [0, 0, 0], deviation: [whole, whole, whole] } }
    : mean === undefined || deviation === undefined
      ? {}
      : { preprocessing: { mean: inPixels(mean), deviation: inPixels(deviation) } }
  if (told.preprocessing !== undefined) notes.push('Colours: preprocessor_config.json tells them.')
  const isSiglip = networks?.model_type?.startsWith('siglip') === true
  if (pictures?.do_center_crop === false || (isSiglip && pictures?.do_center_crop !== true)) {
    notes.push('It was trained on pictures squeezed into a square; Latent shows it their middle.')
  }
  return {
    told,
    sidePx: sideOf(pictures?.crop_size) ?? sideOf(pictures?.size),
    contextTokens: networks?.text_config?.max_position_embeddings,
    usualScale: isSiglip ? scales.siglip : scales.clip,
    notes,
  }
}

/** A file's text, or a sentence about why it cannot be had. */
export async function readBounded(path: string, mostBytes: number): Promise<string> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isFile() !== true) throw new Error(`${basename(path)} is no file that can be read.`)
  if (stats.size > mostBytes) {
    const [has, most] = [stats.size, mostBytes].map((bytes) => Math.round(bytes / 2 ** 20))
    throw new Error(`${basename(path)} has ${has} MB; Latent reads up to ${most} MB of it.`)
  }
  return readFile(path, 'utf8')
}

async function readJson<T>(path: string | undefined, schema: z.ZodType<T>): Promise<T | undefined> {
  if (path === undefined) return undefined
  const text = await readBounded(path, mostSettingsBytes)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${basename(path)} is no JSON.`)
  }
  const read = schema.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`${basename(path)}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function sideOf(value: z.infer<typeof size> | null | undefined): number | undefined {
  if (typeof value !== 'object') return value
  return value?.shortest_edge ?? value?.height ?? undefined
}
