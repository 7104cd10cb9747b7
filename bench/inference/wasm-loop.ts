// The same network on onnxruntime-web's WebAssembly build, in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { inProject } from '../measure/installed.ts'

const answer = z.object({ byBatchSize: z.record(z.string(), z.number()) })

/** @returns photos a second by batch size; null where the peers' packages are not installed */
export async function wasmLoop(
  model: string,
  sidePx: number,
  runs: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, number>> | null> {
  const packages = process.env.LATENT_BENCH_PEERS ?? ''
  if (!existsSync(packages)) return null
  const script = inProject(join('bench', 'peers', 'onnxruntime-web-loop.mjs'))
  const child = spawn(process.execPath, [script, packages], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  child.stdin.end(JSON.stringify({ model, sidePx, runs }))
  const output = await text(child.stdout)
  const [code] = await exit
  if (code !== 0) throw new Error(`${script} ended with exit code ${code}.`)
  return answer.parse(JSON.parse(output)).byBatchSize
}
