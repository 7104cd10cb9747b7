// Runs stages one after the other, stops at the first that fails, and sums up.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupFailure } from '../setup/failure.mjs'
import { say } from '../setup/progress.mjs'
import { addCounts, closingLine } from './report.mjs'

/**
 * @param {readonly import('./stages.mjs').Stage[]} stages
 * @param {Omit<import('./stages.mjs').StageContext, 'reportsDir'>} context
 * @param {(line: string) => void} [print]
 * @returns {Promise<number>} the exit status
 */
export async function runStages(stages, context, print = console.log) {
  const reportsDir = await mkdtemp(join(tmpdir(), 'latent-reports-'))
  const lines = []
  const counts = []
  let failedStage
  try {
    for (const stage of stages) {
      if (failedStage) {
        lines.push(`  ${stage.name.padEnd(6)} not run`)
        continue
      }
      print(`\n== ${stage.name}`)
      const startedAt = performance.now()
      const result = await runStage(stage, { ...context, reportsDir })
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      if (result.counts) counts.push(result.counts)
      if (!result.ok) failedStage = stage.name
      lines.push(`  ${stage.name.padEnd(6)} ${result.ok ? 'ok' : 'FAILED'} ${seconds} s`)
    }
  } finally {
    await rm(reportsDir, { recursive: true, force: true })
  }
  print(`\n== summary\n${lines.join('\n')}`)
  if (failedStage) print(`Stopped at ${failedStage}: what is wrong stands above.`)
  // Alone on its line, for tools that read it.
  print(closingLine(addCounts(counts)))
  return failedStage ? 1 : 0
}

async function runStage(stage, context) {
  try {
    return await stage.run(context)
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    say(error.message)
    return { ok: false }
  }
}
