// Writes a flat asar archive: https://github.com/electron/asar#format
import { writeFile } from 'node:fs/promises'

/**
 * @param {string} file
 * @param {Readonly<Record<string, string>>} contents file name to text
 */
export async function writeAsar(file, contents) {
  const bodies = []
  const files = {}
  let offset = 0
  for (const [name, text] of Object.entries(contents)) {
    const body = Buffer.from(text)
    files[name] = { size: body.length, offset: String(offset) }
    offset += body.length
    bodies.push(body)
  }
  const json = Buffer.from(JSON.stringify({ files }))
  const paddedBytes = Math.ceil(json.length / 4) * 4
  // Two nested Chromium pickles: the length of the header, then the header as a string.
  const header = Buffer.alloc(16 + paddedBytes)
  header.writeUInt32LE(4, 0)
  header.writeUInt32LE(8 + paddedBytes, 4)
  header.writeUInt32LE(4 + paddedBytes, 8)
  header.writeUInt32LE(json.length, 12)
  json.copy(header, 16)
  await writeFile(file, Buffer.concat([header, ...bodies]))
}
