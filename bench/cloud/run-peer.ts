// Runs one peer's script in plain Node and reads what it made.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { inProject } from '../measure/installed.ts'

export interface PeerTask {
  /** Floats, [count, dim]. */
  readonly vectors: string
  readonly count: number
  readonly dim: number
  readonly dims: 2 | 3
  readonly neighbours: number
  readonly minDist: number
}

const measured = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMemoryMb: z.number(),
})

export type PeerOutcome = z.infer<typeof measured> & { readonly positions: Float32Array }

/** @param name of a script in peers/; @returns null when the packages are not installed */
export async function runPeer(
  name: 'umap-js' | 'embedding-atlas',
  task: PeerTask,
  scratch: string,
): Promise<PeerOutcome | null> {
  const packages = process.env.LATENT_BENCH_PEERS ?? ''
  if (packages === '') return null
  const script = inProject(join('bench', 'cloud', 'peers', `${name}.mjs`))
  const out = join(scratch, `${name}.positions`)
  const child = spawn(process.execPath, ['--max-old-space-size=12000', script, packages], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  child.stdin.end(JSON.stringify({ ...task, out }))
  const output = await text(child.stdout)
  const [code] = await exit
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}.`)
  const positions = new Float32Array(task.count * task.dims)
  new Uint8Array(positions.buffer).set(await readFile(out))
  return { ...measured.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')), positions }
}
