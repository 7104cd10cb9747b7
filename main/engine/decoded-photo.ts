// The pixels of one photo as a network takes them, outside any library.
import { DecodePool } from './decode-pool.ts'

const decodeTimeoutMs = 10_000

/** sRGB uint8 [inputSizePx, inputSizePx, 3]; undefined where the photo cannot be read. */
export async function decodedPhoto(
  path: string,
  inputSizePx: number,
): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const pool = new DecodePool(
      new URL('./decode-worker.js', import.meta.url),
      1,
      decodeTimeoutMs,
      () => {},
      () => resolve(undefined),
    )
    void pool
      .run({ kind: 'analyse', source: { kind: 'file', path }, inputSizePx })
      .then((reply) => {
        resolve(reply.kind === 'analysed' ? reply.outcome.pixels : undefined)
        void pool.dispose()
      })
  })
}
