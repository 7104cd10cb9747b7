// The file of class names that TensorFlow's metadata writer appends to a network, as a zip archive.
// Source: https://ai.google.dev/edge/litert/models/metadata
import { text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { parseLabels } from './label-file.ts'
import type { ClassName } from './labels.ts'

/** The longest lists have some ten thousand names. */
const mostBytes = 4e6

/** @returns undefined when there is no archive behind the network, or no list in it */
export async function labelsInTflite(bytes: Uint8Array): Promise<readonly ClassName[] | undefined> {
  const { buffer, byteOffset, byteLength } = bytes
  try {
    const zip = await fromBufferPromise(Buffer.from(buffer, byteOffset, byteLength))
    for await (const entry of zip.eachEntry()) {
      if (!/\.txt$/i.test(entry.fileName) || entry.uncompressedSize > mostBytes) continue
      return parseLabels(await text(await zip.openReadStreamPromise(entry)))
    }
  } catch {
    // Most files have none, and a broken one is no reason to refuse the network.
  }
  return undefined
}
