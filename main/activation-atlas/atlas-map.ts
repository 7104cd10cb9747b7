// A finished activation atlas as it is kept on disk: its cells, what they show, and where it lies.
import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Raise it when the same samples come to make another atlas. */
export const mapVersion = 4

const cell = z.object({
  column: z.int().min(0),
  row: z.int().min(0),
  /** Sampled activations in it, and the photos they are from. */
  samples: z.int().min(1),
  photos: z.int().min(1),
  /** Class index and strength, strongest first; see CellLabel. */
  labels: z.array(z.tuple([z.int().min(0), z.number()])),
  /** Best first: photo id, cosine with the mean, left, top and side in pixels of the photo. */
  patches: z.array(z.tuple([z.int().min(1), z.number(), z.number(), z.number(), z.number()])),
})
export type MapCell = Readonly<z.infer<typeof cell>>

const level = z.object({
  side: z.int().min(1),
  /** Of a cell on the sheet of patches. */
  tilePx: z.int().min(1),
  cells: z.array(cell),
})
export type MapLevel = Readonly<z.infer<typeof level>>

const map = z.object({
  version: z.literal(mapVersion),
  /** Names everything that it was made of. */
  id: z.string(),
  modelId: z.string(),
  layer: z.string(),
  channels: z.int().min(1),
  seed: z.int(),
  photos: z.int(),
  /** Which photos, and when they last changed; empty where it was not written yet. */
  photosDigest: z.string().default(''),
  /** Photos that could not be read. */
  skipped: z.int(),
  samples: z.int(),
  perPhoto: z.int(),
  leastSamples: z.int(),
  /** Where labels come from: `effect` on the scores, or the `photos` of a cell. */
  labelsFrom: z.enum(['effect', 'photos']),
  trustworthiness: z.number(),
  /** Coarsest first. */
  levels: z.array(level),
})
export type AtlasMap = Readonly<z.infer<typeof map>>

/** Directions of the cells, which the numbers are too many of for JSON. */
export interface CellDirections {
  /** Mean activation of each cell, level by level, [cells, channels]. */
  readonly means: Float32Array
  /** Of all activations, [channels]. */
  readonly mean: Float32Array
  readonly deviations: Float32Array
}

const mapPath = (folder: string): string => join(folder, 'map.json')
const directionsPath = (folder: string): string => join(folder, 'directions.f32')

/** @param madeOf anything that JSON can tell */
export const mapId = (madeOf: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([mapVersion, madeOf]))
    .digest('hex')
    .slice(0, 24)

/** The sheet of patches of a level. */
export const sheetPath = (folder: string, side: number): string =>
  join(folder, `patches-${side}.jpg`)

/** @returns undefined when there is none, or it is of another version */
export async function readMap(folder: string): Promise<AtlasMap | undefined> {
  const text = await readFile(mapPath(folder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const read = map.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch {
    // Cut short: it is made again.
    return undefined
  }
}

/** The map comes last, so that an atlas is there wholly or not at all. */
export async function writeMap(
  folder: string,
  made: AtlasMap,
  { mean, deviations, means }: CellDirections,
): Promise<void> {
  const floats = [mean, deviations, means].map(
    (part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  )
  await writeFile(directionsPath(folder), Buffer.concat(floats))
  await writeFile(`${mapPath(folder)}.new`, JSON.stringify(made))
  await rename(`${mapPath(folder)}.new`, mapPath(folder))
}

/** @throws Error when the file is not there or not whole */
export async function readDirections(
  folder: string,
  { channels, levels }: AtlasMap,
): Promise<CellDirections> {
  const bytes = new Uint8Array(await readFile(directionsPath(folder)))
  const all = new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4))
  const cells = levels.reduce((sum, { cells: some }) => sum + some.length, 0)
  if (all.length !== (cells + 2) * channels) {
    throw new Error('Expected the directions of all cells but received another number')
  }
  return {
    mean: all.subarray(0, channels),
    deviations: all.subarray(channels, 2 * channels),
    means: all.subarray(2 * channels),
  }
}
