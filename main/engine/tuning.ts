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
const photosPerTrial = 12
/** Other programs take cores now and then: the best of these counts. */
const rounds = 2
/** A setting that was so many times slower than the best is not measured again. */
const hopeless = 1.5
/** Of two settings that are as fast but for so much, the smaller batch is taken: it needs less. */
const asFast = 1.04

/** One decoder a core: each is single-threaded. */
export const decodeWorkerCount = (): number => Math.max(1, Math.min(availableParallelism(), 8))

const candidateThreads = (): number[] => {
  const cores = availableParallelism()
  return [...new Set([cores, Math.max(1, Math.ceil(cores / 2)), Math.max(1, cores - 1)])]
}

/**
 * Runs a few photos from decoding to prediction at each setting, by turns, and keeps the fastest.
 *
 * @param photo bytes of a JPEG of ordinary size
 */
export async function tuneMix(
  model: ModelSpec,
  provider: string,
  pool: DecodePool,
  photo: Uint8Array,
): Promise<MixChoice> {
  const sessions = new Map<number, ClassifierSession>()
  try {
    for (const threads of provider === 'cpu' ? candidateThreads() : [1]) {
      sessions.set(threads, await ClassifierSession.create(model, provider, threads))
    }
    const settings = [...sessions].flatMap(([threads, session]) =>
      batchSizes.map((batchSize) => ({ threads, batchSize, session })),
    )
    for (const { session, batchSize } of settings) {
      await session.run(repeat(testPicture(model.inputSizePx), batchSize), batchSize)
    }
    await warmDecoders(pool, photo, model.inputSizePx)
    return await fastestOf(settings, rounds, ({ session, batchSize }) =>
      timeMix(session, pool, photo, batchSize),
    )
  } finally {
    for (const session of sessions.values()) await session.dispose()
  }
}

/** By the best of their rounds; of those as good as equal, the smallest batch. @param time in any unit */
export async function fastestOf<Setting extends MixChoice>(
  settings: readonly Setting[],
  times: number,
  time: (setting: Setting) => Promise<number>,
): Promise<MixChoice> {
  const best = new Map<Setting, number>()
  for (let round = 0; round < times; round++) {
    const record = Math.min(...best.values())
    for (const setting of settings) {
      const before = best.get(setting) ?? Number.POSITIVE_INFINITY
      if (round > 0 && before > record * hopeless) continue
      best.set(setting, Math.min(before, await time(setting)))
    }
  }
  const record = Math.min(...best.values())
  const [chosen] = [...best]
    .filter(([, value]) => value <= record * asFast)
    .sort(([a, aTime], [b, bTime]) => a.batchSize - b.batchSize || aTime - bTime)
  if (chosen === undefined) throw new Error('Expected at least one setting to measure')
  const [{ threads, batchSize }] = chosen
  return { threads, batchSize }
}

/** Their first photo takes longer: code is compiled, memory grown. */
async function warmDecoders(
  pool: DecodePool,
  bytes: Uint8Array,
  inputSizePx: number,
): Promise<void> {
  const source = { kind: 'bytes', name: 'measure.jpg', bytes } as const
  await Promise.all(
    Array.from({ length: decodeWorkerCount() }, () =>
      pool.run({ kind: 'analyse', source, inputSizePx }),
    ),
  )
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
