// The pixels of single photos as a network takes them, for processes that end when they are done.
import { DecodePool } from './decode-pool.ts'

/** sRGB uint8 [inputSizePx, inputSizePx, 3]; undefined where the photo cannot be read. */
export type PhotoDecoder = (path: string, inputSizePx: number) => Promise<Uint8Array | undefined>

const decodeTimeoutMs = 10_000

/**
 * One decoder, started when the first photo comes; it ends with its process.
 *
 * @param worker the built decode-worker.js, which only an entry knows to lie beside it
 */
export function photoDecoder(worker: URL): PhotoDecoder {
  let pool: DecodePool | undefined
  const waiting = new Set<() => void>()
  const start = (): DecodePool =>
    new DecodePool(worker, {
      size: 1,
      timeoutMs: decodeTimeoutMs,
      onBroken: () => {
        for (const giveUp of waiting) giveUp()
      },
    })
  return (path, inputSizePx) =>
    new Promise((resolve) => {
      const giveUp = (): void => resolve(undefined)
      waiting.add(giveUp)
      pool ??= start()
      void pool
        .run({ kind: 'analyse', source: { kind: 'file', path }, inputSizePx })
        .then((reply) => {
          waiting.delete(giveUp)
          resolve(reply.kind === 'analysed' ? reply.outcome.pixels : undefined)
        })
    })
}
