// Draws sheets of patches: each cell's picture stands where the cell stands in the grid.
import { writeFile } from 'node:fs/promises'
import type { DecodePool } from '../../engine/decode-pool.ts'
import type { Raster } from '../../engine/protocol.ts'
import { CallError } from '../../inspect/calls.ts'
import type { StepProgress } from '../../inspect/protocol.ts'
import type { SheetLevel, SheetsRequest } from '../protocol.ts'

interface Sheet {
  readonly level: SheetLevel
  readonly raster: Raster
}

/**
 * Every photo is decoded once for all levels. A photo that can no longer be read leaves its places
 * empty.
 *
 * @throws CallError when a sheet cannot be encoded, the signal's reason
 */
export async function drawSheets(
  pool: DecodePool,
  { levels, photos }: SheetsRequest,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<void> {
  const sheets = levels.map(emptySheet)
  let ahead = patchesOf(pool, levels, photos[0])
  for (const [i, photo] of photos.entries()) {
    signal.throwIfAborted()
    const pixels = await ahead
    ahead = patchesOf(pool, levels, photos[i + 1])
    let start = 0
    for (const { level, column, row } of photo.patches) {
      const sheet = sheets[level]
      if (sheet === undefined || pixels === undefined) continue
      const size = sheet.level.tilePx ** 2 * 3
      putTile(sheet.raster, pixels.subarray(start, start + size), sheet.level.tilePx, column, row)
      start += size
    }
    progress({ done: i + 1, total: photos.length })
  }
  for (const { level, raster } of sheets) {
    signal.throwIfAborted()
    const reply = await pool.run({ kind: 'encode', as: level.format, raster })
    if (reply.kind !== 'rendered') {
      throw new CallError('internal', 'The sheet of patches could not be encoded.')
    }
    await writeFile(level.path, reply.file)
  }
}

/** Where there is no cell. */
const background = 0x1a

function emptySheet(level: SheetLevel): Sheet {
  const widthPx = level.side * level.tilePx
  const pixels = new Uint8Array(widthPx * widthPx * 3).fill(background)
  return { level, raster: { widthPx, heightPx: widthPx, pixels } }
}

/** @returns the pixels of all patches one after another; undefined when the photo cannot be read */
async function patchesOf(
  pool: DecodePool,
  levels: readonly SheetLevel[],
  photo: SheetsRequest['photos'][number] | undefined,
): Promise<Uint8Array | undefined> {
  if (photo === undefined) return undefined
  const crops = photo.patches.map(({ level, window }) => ({
    ...window,
    sidePx: levels[level]?.tilePx ?? 1,
  }))
  const reply = await pool.run({ kind: 'crop', source: photo.source, crops })
  return reply.kind === 'rendered' ? reply.file : undefined
}

/**
 * Copies a square picture to its place in a grid of such squares.
 *
 * @param tile [tilePx, tilePx, 3]
 */
export function putTile(
  { pixels, widthPx }: Raster,
  tile: Uint8Array,
  tilePx: number,
  column: number,
  row: number,
): void {
  for (let y = 0; y < tilePx; y++) {
    const line = tile.subarray(y * tilePx * 3, (y + 1) * tilePx * 3)
    pixels.set(line, ((row * tilePx + y) * widthPx + column * tilePx) * 3)
  }
}
