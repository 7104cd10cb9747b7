// How long photos take from decoding to prediction, at one setting.
import type { DecodePool } from './decode-pool.ts'
import { Pipeline } from './pipeline.ts'
import { testPicture } from './test-picture.ts'
import type { ThreadedSession } from './threaded-session.ts'

/** Their first photo takes longer: code is compiled, memory grown. */
export async function warmDecoders(
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
export async function warm(session: ThreadedSession, batchSize: number): Promise<number> {
  const pixels = repeat(testPicture(session.model.inputSizePx), batchSize)
  await session.run(pixels, batchSize)
  return (await session.run(pixels, batchSize)).ms
}

/** A first batch, which waits for decoders, then those that are timed, then what keeps decoders busy. */
const photosToTime = (batchSize: number): number => Math.max(12, 2 * batchSize)
export const photosToRun = (batchSize: number): number => photosToTime(batchSize) + 2 * batchSize

/** Between the first batch and the last that is timed, while decoders and network are both at work. */
export async function msPerPhoto(
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
