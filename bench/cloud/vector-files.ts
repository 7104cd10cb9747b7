// Embeddings in the two forms that Latent and its peers read.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { PhotoSet } from '../../main/atlas/protocol.ts'
import type { HalfMatrix } from '../../main/atlas/vectors/vector-rows.ts'
import { floatRows } from '../../main/atlas/vectors/vector-rows.ts'
import { RecordFile } from '../../main/store/record-file.ts'

const blockRows = 4096

/** As a library keeps them; photo ids are row numbers + 1. */
export function writeStored(rows: HalfMatrix, scratch: string): PhotoSet {
  const { count, dim, halves } = rows
  const vectors = { path: join(scratch, 'vectors.f16'), tag: 'f16 bench', embeddingDim: dim }
  const file = RecordFile.open(vectors.path, dim * 2, vectors.tag)
  for (let row = 0; row < count; row++) {
    const record = halves.subarray(row * dim, (row + 1) * dim)
    file.write(row, new Uint8Array(record.buffer, record.byteOffset, record.byteLength))
  }
  file.sync()
  file.dispose()
  return { vectors, ids: Uint32Array.from({ length: count }, (_, i) => i + 1) }
}

/** As floats, the first `count` rows. */
export async function writeFloats(rows: HalfMatrix, count: number, path: string): Promise<string> {
  const file = await open(path, 'w')
  for (let first = 0; first < count; first += blockRows) {
    const block = floatRows(rows, first, Math.min(blockRows, count - first))
    await file.write(new Uint8Array(block.buffer))
  }
  await file.close()
  return path
}

export async function writePositions(positions: Float32Array, path: string): Promise<string> {
  const file = await open(path, 'w')
  await file.write(new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength))
  await file.close()
  return path
}
