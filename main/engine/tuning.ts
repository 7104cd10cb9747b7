// Measures how many threads and what batch serve this machine best, on the real mix of work.
import { availableParallelism, totalmem } from 'node:os'
import type { DecodePool } from './decode-pool.ts'
import type { ModelSpec } from './protocol.ts'
import { ThreadedSession } from './threaded-session.ts'
import { msPerPhoto, photosToRun, warm, warmDecoders } from './time-mix.ts'

export interface MixChoice {
  readonly threads: number
  readonly batchSize: number
}

const smallestBatch = 2
/**
 * Batches past 8 gain nothing on a CPU and cost memory and patience. A GPU is not full before 32: an H200
 * runs MobileNet V2 at 1,257 photos/s in batches of 8 and at 3,447 in those of 32, and slower beyond.
 */
const batchSizes = (provider: string): readonly number[] =>
  provider === 'cpu' ? [smallestBatch, 8] : [smallestBatch, 8, 32]
export const largestBatchOn = (provider: string): number => Math.max(...batchSizes(provider))
/** With which a provider's pace is measured when it is chosen. */
export const trialBatchSizes = (provider: string): readonly number[] =>
  provider === 'cpu' ? [1, 2, 8] : [1, 8, 32]
/** Other programs take cores now and then: the best of these counts. */
const rounds = 2
/** A setting that was so many times slower than the best is not measured again. */
const hopeless = 1.5
/** A batch that takes longer to measure is not tried. */
const mostTrialMs = 5_000
/** Of two settings that are as fast but for so much, the smaller batch is taken: it needs less. */
const asFast = 1.04

const mostDecoders = 8
/** Beside a GPU, which leaves them the cores and may want more photos than they make. */
const mostDecodersOfGpu = 16
/** Bytes of the computer's memory for each: it holds 150 MB, and more when photos are large. */
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

/** All, or as many as there are where two share a core; one of two leaves the other idle at times. */
const candidateThreads = (): readonly number[] => {
  const cores = availableParallelism()
  return cores <= 2 ? [cores] : [cores, Math.ceil(cores / 2)]
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
    // A GPU leaves little to threads, but they are the CPU's when it has to take over.
    for (const threads of provider === 'cpu' ? candidateThreads() : [availableParallelism()]) {
      const opened = await ThreadedSession.open({ entry: inferenceEntry, model, provider, threads })
      sessions.set(threads, opened)
    }
    await warmDecoders(pool, photo, model.inputSizePx)
    const time = ({ threads, batchSize }: MixChoice): Promise<number> => {
      const session = sessions.get(threads)
      if (session === undefined) throw new Error('Expected a session for each number of threads')
      return msPerPhoto(session, pool, photo, batchSize)
    }
    const threads = await fastestThreads([...sessions], time)
    const session = sessions.get(threads)
    if (session === undefined) throw new Error('Expected a session for each number of threads')
    const settings = await settingsInTime(session, threads, batchSizes(provider))
    return await fastestOf(settings, rounds, time)
  } finally {
    for (const session of sessions.values()) await session.dispose()
  }
}

async function fastestThreads(
  sessions: readonly (readonly [threads: number, session: ThreadedSession])[],
  time: (setting: MixChoice) => Promise<number>,
): Promise<number> {
  const [only] = sessions
  if (sessions.length === 1 && only !== undefined) return only[0]
  for (const [, session] of sessions) await warm(session, smallestBatch)
  const settings = sessions.map(([threads]) => ({ threads, batchSize: smallestBatch }))
  return (await fastestOf(settings, rounds, time)).threads
}

/** The smallest batch, and larger ones that this device is fast enough to try. */
async function settingsInTime(
  session: ThreadedSession,
  threads: number,
  sizes: readonly number[],
): Promise<readonly MixChoice[]> {
  const settings: MixChoice[] = []
  let msOfPhoto = 0
  for (const batchSize of sizes) {
    if (photosToRun(batchSize) * msOfPhoto > mostTrialMs) break
    msOfPhoto = (await warm(session, batchSize)) / batchSize
    settings.push({ threads, batchSize })
  }
  return settings
}

/**
 * By the best of their rounds; of those as good as equal, the smallest batch. Only one is not timed.
 *
 * @param time in any unit
 */
export async function fastestOf<Setting extends MixChoice>(
  settings: readonly Setting[],
  times: number,
  time: (setting: Setting) => Promise<number>,
): Promise<MixChoice> {
  const best = new Map<Setting, number>()
  if (settings.length === 1 && settings[0] !== undefined) return choiceOf(settings[0])
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
  return choiceOf(chosen[0])
}

const choiceOf = ({ threads, batchSize }: MixChoice): MixChoice => ({ threads, batchSize })
