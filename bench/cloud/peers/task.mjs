// What a peer is given, and how it hands back what it made.
import { open, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'

export async function readTask() {
  const task = JSON.parse(await text(process.stdin))
  const vectors = new Float32Array(task.count * task.dim)
  const bytes = new Uint8Array(vectors.buffer)
  const file = await open(task.vectors)
  // A read is at most 2 GiB.
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(2 ** 28, bytes.length - at), at)
    if (bytesRead === 0) throw new Error('The vectors end early.')
    at += bytesRead
  }
  await file.close()
  return { task, vectors, packages: process.argv[2] }
}

export async function finish({ out }, positions, ms) {
  await writeFile(out, new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength))
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1000)
  process.stdout.write(`${JSON.stringify({ seconds: ms / 1000, peakMemoryMb })}\n`)
}
