// Runs `latent index` and follows, from outside, how far it is and what it has used.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { spawnCommand } from '../../e2e/electron-process.ts'
import { type Memory, PeakMemory } from '../measure/peak-memory.ts'
import { processTree } from '../measure/process-tree.ts'
import { say } from '../measure/say.ts'

export interface Sample {
  readonly done: number
  readonly atMs: number
  /** Of the command and all processes below it, since they started. */
  readonly cpuMs: number
}

export interface WatchedRun {
  /** One a second, from the moment that indexing begins. */
  readonly samples: readonly Sample[]
  readonly summary: Record<string, unknown>
  readonly peakMemory: Memory | null
}

export async function watchIndexing(
  appFolder: string,
  dataFolder: string,
  photos: string,
  library: string,
): Promise<WatchedRun> {
  const child = spawnCommand(appFolder, dataFolder, ['index', photos, '--library', library])
  const { pid, stdout, stderr } = child
  if (pid === undefined || stdout === null || stderr === null) {
    throw new Error('Expected Electron to start but it did not.')
  }
  const memory = new PeakMemory(pid)
  const samples: Promise<Sample>[] = []
  const sample = async (done: number): Promise<Sample> => {
    const atMs = performance.now()
    const tree = await processTree(pid)
    return { done, atMs, cpuMs: tree.reduce((sum, { cpuSeconds }) => sum + cpuSeconds * 1000, 0) }
  }
  createInterface(stderr).on('line', (line) => {
    const done = /^(\d+) of \d+/.exec(line)?.[1]
    if (done === undefined) say(line)
    else samples.push(sample(Number(done)))
    if (samples.length % 60 === 0 && done !== undefined) say(line)
  })
  let output = ''
  stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const [code] = await once(child, 'close')
  const peakMemory = await memory.stop()
  if (code !== 0) throw new Error(`latent index ended with exit code ${code}.`)
  const { summary } = JSON.parse(output) as { summary: Record<string, unknown> }
  return { samples: await Promise.all(samples), summary, peakMemory }
}
