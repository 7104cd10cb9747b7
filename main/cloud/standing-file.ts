// The layout that a library's Cloud stood in last, on disk, so that it opens as it was left.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { cloudSettings } from '../../preload/contract/cloud.ts'
import type { Standing } from './standing.ts'

const headSchema = z.object({
  version: z.literal(1),
  settings: cloudSettings,
  method: z.enum(['pca', 'umap']),
  facts: z
    .object({
      k: z.number(),
      trustworthiness: z.number(),
      continuity: z.number(),
      sampled: z.number(),
      exactNeighbours: z.boolean(),
      seconds: z.number(),
    })
    .nullable(),
  madeOf: z.int().min(1),
  count: z.int().min(1),
})

/** A line of JSON, then photo ids (u32) and positions (f32), little-endian. */
export async function writeStanding(path: string, standing: Standing): Promise<void> {
  const { ids, positions, settings, method, facts, madeOf } = standing
  const head = { version: 1, settings, method, facts, madeOf, count: ids.length }
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.partial`
  const line = Buffer.from(`${JSON.stringify(head)}\n`)
  await writeFile(partial, Buffer.concat([line, bytesOf(ids), bytesOf(positions)]))
  await rename(partial, path)
}

/** @returns undefined when there is none, or it is not whole: it can be made again */
export async function readStanding(path: string): Promise<Standing | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  const end = bytes?.indexOf('\n') ?? -1
  if (bytes === undefined || end < 0) return undefined
  const head = headSchema.safeParse(parsed(bytes.toString('utf8', 0, end)))
  if (!head.success) return undefined
  const { version: _, count, ...facts } = head.data
  const size = count * facts.settings.dims
  if (bytes.length !== end + 1 + (count + size) * 4) return undefined
  // Copied: what is read need not be aligned.
  const body = new Uint8Array(bytes.subarray(end + 1)).buffer
  return {
    ...facts,
    ids: new Uint32Array(body, 0, count),
    positions: new Float32Array(body, count * 4, size),
  }
}

const bytesOf = (array: Uint32Array | Float32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
