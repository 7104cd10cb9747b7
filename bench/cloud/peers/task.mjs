// What a peer is given, and how it hands back what it made.
import { open, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'

/** What reading the vectors took does not count. */
let readCpuSeconds = 0

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

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
  readCpuSeconds = cpuSeconds()
  return { task, vectors, packages: process.argv[2] }
}

export async function finish({ out }, positions, ms) {
  const spent = cpuSeconds() - readCpuSeconds
  await writeFile(out, new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength))
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1000)
  const measured = { seconds: ms / 1000, cpuSeconds: spent, peakMemoryMb }
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}
