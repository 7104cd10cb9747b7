// Layouts on disk, so that a library that has not changed opens with its Cloud.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProjectFacts, ProjectRequest } from './protocol.ts'

/** Raise it when the same input comes to lie elsewhere. */
const version = 1
const keptLayouts = 12

const factsSchema = z.object({
  k: z.number(),
  trustworthiness: z.number(),
  continuity: z.number(),
  sampled: z.number(),
  exactNeighbours: z.boolean(),
  seconds: z.number(),
})

export interface CachedLayout {
  readonly positions: Float32Array
  readonly facts: ProjectFacts
}

/** Names everything that a layout depends on; embeddings by when their file last changed. */
export async function layoutKey(request: ProjectRequest): Promise<string> {
  const { set, before, cacheFolder: _, ...options } = request
  const file = await stat(set.vectors.path)
  const hash = createHash('sha256')
  const add = (array: Uint32Array | Float32Array): void => {
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  }
  hash.update(JSON.stringify([version, set.vectors.tag, file.size, file.mtimeMs, sorted(options)]))
  add(set.ids)
  if (before !== undefined) {
    add(before.ids)
    add(before.positions)
  }
  return hash.digest('hex').slice(0, 32)
}

const sorted = (options: object): readonly unknown[] =>
  Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))

/** @returns undefined when it is not there, or not whole */
export async function readLayout(
  folder: string,
  key: string,
  size: number,
): Promise<CachedLayout | undefined> {
  const path = join(folder, `${key}.layout`)
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return undefined
  const end = bytes.indexOf('\n')
  if (end < 0 || bytes.length !== end + 1 + size * 4) return undefined
  const facts = factsSchema.safeParse(parsed(bytes.toString('utf8', 0, end)))
  if (!facts.success) return undefined
  // Which ones to keep is told by when they were last used.
  await utimes(path, new Date(), new Date()).catch(() => {})
  const positions = new Float32Array(size)
  new Uint8Array(positions.buffer).set(bytes.subarray(end + 1))
  return { positions, facts: facts.data }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Facts as a line of JSON, then the positions as little-endian floats. */
export async function writeLayout(
  folder: string,
  key: string,
  { positions, facts }: CachedLayout,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${key}.layout`)
  const partial = `${path}.partial`
  const floats = new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength)
  await writeFile(partial, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), floats]))
  await rename(partial, path)
  await removeOldest(folder)
}

async function removeOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.layout'))
  const times = await Promise.all(
    names.map(async (name) => ({ name, ms: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = times.sort((a, b) => b.ms - a.ms).slice(keptLayouts)
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}
