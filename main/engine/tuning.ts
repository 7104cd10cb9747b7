// Measures how many threads and what batch serve this machine best, on the real mix of work.
import { availableParallelism, totalmem } from 'node:os'
import type { DecodePool } from './decode-pool.ts'
import { Pipeline } from './pipeline.ts'
import type { ModelSpec } from './protocol.ts'
import { testPicture } from './test-picture.ts'
import { ThreadedSession } from './threaded-session.ts'

export interface MixChoice {
  readonly threads: number
  readonly batchSize: number
}

/**
 * Batches past 8 gain nothing on a CPU and cost memory and patience. A GPU is not full before 32: an H200
 * runs MobileNet V2 at 1,257 photos/s in batches of 8 and at 3,447 in those of 32, and slower beyond.
 */
const batchSizes = (provider: string): readonly number[] =>
  provider === 'cpu' ? [8, 2] : [32, 8, 2]
/** With which a provider's pace is measured when it is chosen. */
export const trialBatchSizes = (provider: string): readonly number[] =>
  provider === 'cpu' ? [1, 2, 8] : [1, 8, 32]
/** Other programs take cores now and then: the best of these counts. */
const rounds = 2
/** A setting that was so many times slower than the best is not measured again. */
const hopeless = 1.5
/** A setting that takes longer to measure is not tried. */
const mostTrialMs = 5_000
/** Of two settings that are as fast but for so much, the smaller batch is taken: it needs less. */
const asFast = 1.04

const mostDecoders = 8
/** Beside a GPU, which leaves them the cores and may want more photos than they make. */
const mostDecodersOfGpu = 16
/** A decoder holds 150 MB, and more when photos are large. */
const memoryOfDecoder = 1e9

/** One decoder a core: each is single-threaded. */
export const decodeWorkerCount = (provider: string): number =>
  Math.max(
    1,
    Math.min(
      availableParallelism(),
      provider === 'cpu' ? mostDecoders : mostDecodersOfGpu,
      Math.floor(totalmem() / memoryOfDecoder),
    ),
  )

const candidateThreads = (): number[] => {
  const cores = availableParallelism()
  return [...new Set([cores, Math.max(1, Math.ceil(cores / 2)), Math.max(1, cores - 1)])]
}

/**
 * Runs photos from decoding to prediction at each setting, by turns, and keeps the fastest: the number
 * of threads first, then the batch.
 *
 * @param photo bytes of a JPEG of ordinary size
 * @param inferenceEntry the built inference-thread.js
 */
export async function tuneMix(
  model: ModelSpec,
  provider: string,
  pool: DecodePool,
  photo: Uint8Array,
  inferenceEntry: URL,
): Promise<MixChoice> {
  const sessions = new Map<number, ThreadedSession>()
  try {
    for (const threads of provider === 'cpu' ? candidateThreads() : [1]) {
      const opened = await ThreadedSession.open({ entry: inferenceEntry, model, provider, threads })
      sessions.set(threads, opened)
    }
    await warmDecoders(pool, photo, model.inputSizePx)
    const time = (setting: MixChoice): Promise<number> => {
      const session = sessions.get(setting.threads)
      if (session === undefined) throw new Error('Expected a session for each number of threads')
      return msPerPhoto(session, pool, photo, setting.batchSize)
    }
    const smallest = Math.min(...batchSizes(provider))
    for (const session of sessions.values()) await warm(session, smallest)
    const { threads } = await fastestOf(
      [...sessions.keys()].map((count) => ({ threads: count, batchSize: smallest })),
      sessions.size === 1 ? 1 : rounds,
      time,
    )
    const session = sessions.get(threads)
    const settings: MixChoice[] = []
    for (const batchSize of batchSizes(provider)) {
      const ms = session === undefined ? 0 : await warm(session, batchSize)
      // A slow device would be measured for minutes.
      const isShort = (photosToRun(batchSize) / batchSize) * ms < mostTrialMs
      if (isShort || batchSize === smallest) settings.push({ threads, batchSize })
    }
    return await fastestOf(settings, rounds, time)
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
    Array.from({ length: pool.size }, () => pool.run({ kind: 'analyse', source, inputSizePx })),
  )
}

/** Another batch size is another shape, for which a GPU compiles anew. @returns ms of a second run */
async function warm(session: ThreadedSession, batchSize: number): Promise<number> {
  const pixels = repeat(testPicture(session.model.inputSizePx), batchSize)
  await session.run(pixels, batchSize)
  return (await session.run(pixels, batchSize)).ms
}

/** A first batch, which waits for decoders, then those that are timed, then what keeps decoders busy. */
const photosToTime = (batchSize: number): number => Math.max(12, 2 * batchSize)
const photosToRun = (batchSize: number): number => photosToTime(batchSize) + 3 * batchSize

/** Between the first batch and the last that is timed, while decoders and network are both at work. */
async function msPerPhoto(
  session: ThreadedSession,
  pool: DecodePool,
  photo: Uint8Array,
  batchSize: number,
): Promise<number> {
  const all = photosToRun(batchSize)
  const last = batchSize + photosToTime(batchSize)
  let [done, start, end] = [0, 0, 0]
  await new Promise<void>((resolve, reject) => {
    const pipeline = new Pipeline(session, pool, batchSize, {
      onStarted: () => {},
      onAnalysed: () => {
        done++
        if (done === batchSize) start = performance.now()
        if (done === last) end = performance.now()
        if (done === all) resolve()
        else pipeline.pump()
      },
      onBroken: (reason) => reject(new Error(reason)),
    })
    for (let id = 0; id < all; id++) {
      pipeline.add({
        type: 'analyse',
        id,
        source: { kind: 'bytes', name: 'measure.jpg', bytes: photo },
        urgent: false,
        topCount: 1,
      })
    }
  })
  return (end - start) / photosToTime(batchSize)
}

function repeat(pixels: Uint8Array, times: number): Uint8Array {
  const all = new Uint8Array(pixels.byteLength * times)
  for (let i = 0; i < times; i++) all.set(pixels, i * pixels.byteLength)
  return all
}
