// What decoding and inference each reach when they have the machine to themselves.
import { availableParallelism } from 'node:os'
import { DecodePool } from '../../main/engine/decode-pool.ts'
import { formOn } from '../../main/engine/model-form.ts'
import type { OsPath } from '../../main/engine/os-path.ts'
import type { ModelSpec, Tuning } from '../../main/engine/protocol.ts'
import { ClassifierSession } from '../../main/engine/sessions.ts'
import { testPicture } from '../../main/engine/test-picture.ts'
import { inBuild } from '../measure/installed.ts'

const decodeTimeoutMs = 20_000
/** Inference alone does not depend on the photos: a few seconds' worth is enough. */
const measuredPhotos = 160

export interface Limits {
  readonly decode: number
  readonly inference: number
}

/** Photos per second. */
export const measureLimits = async (
  files: readonly OsPath[],
  spec: ModelSpec,
  tuning: Tuning,
): Promise<Limits> => ({
  decode: await decodeAlone(files, spec, tuning.decodeWorkers),
  inference: await inferAlone(spec, tuning),
})

/** @returns photos per second of decoding, with thumbnail and all, and no network */
async function decodeAlone(
  files: readonly OsPath[],
  { inputSizePx }: ModelSpec,
  workers: number,
): Promise<number> {
  const pool = new DecodePool(inBuild('decode-worker.js'), {
    size: workers,
    timeoutMs: decodeTimeoutMs,
    onBroken: (reason) => {
      throw new Error(reason)
    },
  })
  const run = (path: OsPath) =>
    pool.run({ kind: 'analyse', source: { kind: 'file', path }, inputSizePx })
  // The first tasks wait for the threads to start: they do not count.
  await Promise.all(files.slice(0, workers * 2).map(run))
  const start = performance.now()
  await Promise.all(files.map(run))
  const seconds = (performance.now() - start) / 1000
  await pool.dispose()
  return files.length / seconds
}

/** @returns photos per second of the network alone, on a drawn picture */
async function inferAlone(
  spec: ModelSpec,
  { provider, batchSize, floatOn }: Tuning,
): Promise<number> {
  // Alone it may have every core, whatever share of them serves the mix best.
  const form = formOn(spec, floatOn, provider)
  const session = await ClassifierSession.create(form, provider, availableParallelism())
  const picture = testPicture(spec.inputSizePx)
  const pixels = new Uint8Array(picture.byteLength * batchSize)
  for (let i = 0; i < batchSize; i++) pixels.set(picture, i * picture.byteLength)
  await session.run(pixels, batchSize)
  const batches = Math.ceil(measuredPhotos / batchSize)
  const start = performance.now()
  for (let i = 0; i < batches; i++) await session.run(pixels, batchSize)
  const seconds = (performance.now() - start) / 1000
  await session.dispose()
  return (batches * batchSize) / seconds
}
