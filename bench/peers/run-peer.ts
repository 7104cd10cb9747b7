// Runs one peer's script in plain Node and reads what it measured.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const peerRun = z.object({
  /** The best of its batch sizes. */
  photosPerSecond: z.number(),
  byBatchSize: z.record(z.string(), z.number()),
  /** Best class of each photo, in the photos' order. */
  topClasses: z.array(z.int()),
})
export type PeerRun = z.infer<typeof peerRun>

/** @param task what the script reads from its stdin as JSON; its last line on stdout is a PeerRun */
export async function runPeer(script: string, packages: string, task: object): Promise<PeerRun> {
  const child = spawn(process.execPath, [script, packages], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  child.stdin.end(JSON.stringify(task))
  const output = await text(child.stdout)
  const [code] = await exit
  if (code !== 0) throw new Error(`${script} ended with exit code ${code}.`)
  return peerRun.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
}
