// Makes a cell's dream, or finds the one that was made before.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallClient } from '../../inspect/call-client.ts'
import { callNetwork } from '../../inspect/network-calls.ts'
import type { DirectionDreamRequest, StepProgress } from '../../inspect/protocol.ts'

/** Raise it with every change of how such dreams are made. */
const version = 1

export interface DreamWatch {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: StepProgress) => void
}

/**
 * @param folder where finished dreams are kept
 * @returns a PNG file
 * @throws CallError `cancelled`, `bad-request` where the layer cannot be dreamt of
 */
export async function makeDream(
  worker: CallClient,
  folder: string,
  request: DirectionDreamRequest,
  watch: DreamWatch,
): Promise<Uint8Array> {
  const { direction, spec, ...rest } = request
  const hash = createHash('sha256')
    .update(JSON.stringify([version, spec.id, spec.onnxPath, rest]))
    .update(new Uint8Array(direction.buffer, direction.byteOffset, direction.byteLength))
  const path = join(folder, `${hash.digest('hex').slice(0, 32)}.png`)
  const known = await readFile(path).catch(() => undefined)
  if (known !== undefined) return new Uint8Array(known)
  const { png } = await callNetwork(worker, 'directionDream', request, watch)
  await mkdir(folder, { recursive: true })
  await writeFile(`${path}.new`, png)
  await rename(`${path}.new`, path)
  return png
}
