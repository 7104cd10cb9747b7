// Runs a headless command as a person would, without any display.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const script = join(import.meta.dirname, '..', 'scripts', 'latent.mjs')

export interface Finished {
  readonly code: number
  readonly lines: readonly Record<string, unknown>[]
}

/** @param folder the test's own; the command keeps its data there */
export async function runLatent(folder: string, ...args: string[]): Promise<Finished> {
  const { DISPLAY: _none, ...env } = process.env
  const { stdout, code } = await promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...env, LATENT_DATA_DIR: join(folder, 'data') },
    maxBuffer: 2 ** 26,
  }).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  )
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}
