// Measures how many threads and what batch serve this machine best, on the real mix of work.
import { availableParallelism } from 'node:os'
import type { DecodePool } from './decode-pool.ts'
import { Pipeline } from './pipeline.ts'
import type { ModelSpec } from './protocol.ts'
import { ClassifierSession } from './sessions.ts'
import { testPicture } from './test-picture.ts'

export interface MixChoice {
  readonly threads: number
  readonly batchSize: number
}

/** Batches past 8 gain nothing on a CPU and cost memory and patience. */
const batchSizes = [8, 2] as const
const photosPerTrial = 16

/** One decoder a core: each is single-threaded. */
export const decodeWorkerCount = (): number => Math.max(1, Math.min(availableParallelism(), 8))

const candidateThreads = (): number[] => {
  const cores = availableParallelism()
  return [...new Set([cores, Math.max(1, Math.ceil(cores / 2)), Math.max(1, cores - 1)])]
}

/**
 * Runs a few photos from decoding to prediction at each setting and keeps the fastest.
 *
 * @param photo bytes of a JPEG of ordinary size
 */
export async function tuneMix(
  model: ModelSpec,
  provider: string,
  pool: DecodePool,
  photo: Uint8Array,
): Promise<MixChoice> {
  let best: (MixChoice & { readonly ms: number }) | undefined
  for (const threads of provider === 'cpu' ? candidateThreads() : [1]) {
    const session = await ClassifierSession.create(model, provider, threads)
    try {
      for (const batchSize of batchSizes) {
        const warmUp = repeat(testPicture(model.inputSizePx), batchSize)
        await session.run(warmUp, batchSize)
        const ms = await timeMix(session, pool, photo, batchSize)
        if (best === undefined || ms < best.ms) best = { threads, batchSize, ms }
      }
    } finally {
      await session.dispose()
    }
  }
  if (best === undefined) throw new Error('Expected at least one setting to measure')
  return { threads: best.threads, batchSize: best.batchSize }
}

/** Milliseconds for {@link photosPerTrial} copies of the photo. */
async function timeMix(
  session: ClassifierSession,
  pool: DecodePool,
  photo: Uint8Array,
  batchSize: number,
): Promise<number> {
  const start = performance.now()
  let open = photosPerTrial
  await new Promise<void>((resolve, reject) => {
    const pipeline = new Pipeline(session, pool, batchSize, {
      onStarted: () => {},
      onAnalysed: () => {
        open--
        if (open === 0) resolve()
        else pipeline.pump()
      },
      onBroken: (reason) => reject(new Error(reason)),
    })
    for (let id = 0; id < photosPerTrial; id++) {
      pipeline.add({
        type: 'analyse',
        id,
        source: { kind: 'bytes', name: 'measure.jpg', bytes: photo },
        urgent: false,
        topCount: 1,
      })
    }
  })
  return performance.now() - start
}

function repeat(pixels: Uint8Array, times: number): Uint8Array {
  const all = new Uint8Array(pixels.byteLength * times)
  for (let i = 0; i < times; i++) all.set(pixels, i * pixels.byteLength)
  return all
}
