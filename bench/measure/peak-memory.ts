// Memory that a process and all below it hold, and the most they held at one moment.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processTree } from './process-tree.ts'

export interface Memory {
  readonly totalMb: number
  /** Largest first. */
  readonly processes: readonly { readonly name: string; readonly mb: number }[]
}

const sampleEveryMs = 500
const bytesPerKb = 1024
const bytesPerMb = 1_000_000

/**
 * Samples proportional set sizes: memory that processes share is counted once, not once for each.
 */
export class PeakMemory {
  private peak: Memory | null = null
  private readonly stopped = new AbortController()
  private readonly sampling: Promise<void>

  constructor(private readonly root: number = process.pid) {
    this.sampling = this.sample()
  }

  /** @returns null where the system does not tell (anything but Linux) */
  async stop(): Promise<Memory | null> {
    this.stopped.abort()
    await this.sampling
    return this.peak
  }

  private async sample(): Promise<void> {
    const { signal } = this.stopped
    while (!signal.aborted) {
      const now = await memoryOf(this.root)
      if (now.totalMb > (this.peak?.totalMb ?? 0)) this.peak = now
      await sleep(sampleEveryMs, undefined, { signal }).catch(() => {})
    }
  }
}

export async function memoryOf(root: number): Promise<Memory> {
  const tree = await processTree(root)
  const processes = await Promise.all(
    tree.map(async ({ pid }) => ({
      name: pid === root ? 'main' : await nameOf(pid),
      mb: Math.round((await proportionalBytes(pid)) / bytesPerMb),
    })),
  )
  return {
    totalMb: processes.reduce((sum, { mb }) => sum + mb, 0),
    processes: processes.filter(({ mb }) => mb > 0).sort((a, b) => b.mb - a.mb),
  }
}

async function proportionalBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * bytesPerKb
}

/** Electron says what each of its processes is for; the engine is the one that runs Node. */
async function nameOf(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const words = command.split(/[\0 ]/)
  const option = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
  const name = option('utility-sub-type') ?? option('type') ?? basename(words[1] ?? words[0] ?? '')
  return name === 'node.mojom.NodeService' || name === 'engine.js' ? 'engine' : name
}
