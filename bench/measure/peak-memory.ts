// The greatest memory that a process and all below it held at one moment.
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { processTree } from './process-tree.ts'

const sampleEveryMs = 500
const bytesPerKb = 1024
const bytesPerMb = 1_000_000

/**
 * Samples proportional set sizes: memory that processes share is counted once, not once for each.
 */
export class PeakMemory {
  private peakBytes = 0
  private readonly stopped = new AbortController()
  private readonly sampling: Promise<void>

  constructor(private readonly root: number = process.pid) {
    this.sampling = this.sample()
  }

  /** @returns megabytes; null where the system does not tell (anything but Linux) */
  async stop(): Promise<number | null> {
    this.stopped.abort()
    await this.sampling
    return this.peakBytes === 0 ? null : Math.round(this.peakBytes / bytesPerMb)
  }

  private async sample(): Promise<void> {
    const { signal } = this.stopped
    while (!signal.aborted) {
      const tree = await processTree(this.root)
      const sizes = await Promise.all(tree.map(({ pid }) => proportionalBytes(pid)))
      this.peakBytes = Math.max(
        this.peakBytes,
        sizes.reduce((sum, size) => sum + size, 0),
      )
      await sleep(sampleEveryMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function proportionalBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * bytesPerKb
}
