// `bench -- fallback <folder> --take <command>`: what becomes of the work when a device is taken away.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { OsPath } from '../../main/engine/os-path.ts'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import { benchEngine, benchTunings } from '../measure/engine.ts'
import { defaultModel } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { photoFiles } from '../photos/photo-files.ts'

/** One by one before the device is taken: batches want memory that it then has not. */
const photosBefore = 10

/**
 * Classifies some photos on the fastest provider, starts the command (one that fills the device's memory,
 * say), waits for a line from it, and goes on in batches. Tells what each photo became and what the
 * engine said of itself.
 */
export async function benchFallback(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { take: { type: 'string' }, batch: { type: 'string', default: '8' } },
    allowPositionals: true,
  })
  const [folder] = positionals
  if (folder === undefined || values.take === undefined) {
    throw new Error('Expected photos and a command: bench -- fallback <folder> --take <command>')
  }
  const { take } = values
  const files = await photoFiles(resolve(folder))
  const model = await defaultModel()
  return withScratch(async (scratch) => {
    const said: object[] = []
    let before = ''
    const onStatus = (status: EngineStatus): void => {
      const { state, executionProvider, batchSize, whyProvider, reason } = status
      const now = { state, executionProvider, batchSize, whyProvider, reason }
      if (JSON.stringify(now) === before) return
      before = JSON.stringify(now)
      said.push(now)
    }
    const tunings = benchTunings(scratch)
    const first = benchEngine(model, tunings, [])
    await first.ready()
    first.dispose()
    // As measured, but in batches that want memory.
    const batchSize = numberOption('batch', values.batch)
    const measured = await tunings.read(model.spec, [])
    if (measured === undefined) throw new Error('Expected what was measured to be remembered')
    await tunings.write(model.spec, [], { ...measured, batchSize })
    const engine = benchEngine(model, tunings, [], onStatus)
    await engine.ready()
    const counts: Record<string, number> = {}
    const analyse = async (path: OsPath, urgent: boolean): Promise<void> => {
      const { status } = await engine.analyse({ kind: 'file', path }, { urgent, topCount: 1 })
      counts[status] = (counts[status] ?? 0) + 1
    }
    for (const path of files.slice(0, photosBefore)) await analyse(path, true)
    say(`Taking the device: ${take}`)
    const taker = spawn(take, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] })
    await once(taker.stdout, 'data')
    await Promise.all(files.slice(photosBefore).map((path) => analyse(path, false)))
    taker.kill()
    engine.dispose()
    return { photos: files.length, counts, said, remembered: await tunings.read(model.spec, []) }
  })
}
