// What `npm test` runs, in order: the cheap first.
import { join } from 'node:path'
import { setUpApp } from '../setup/index.mjs'
import { packageBin } from '../setup/package-bin.mjs'
import { repoDir } from '../setup/paths.mjs'
import { runNode } from '../setup/run-tool.mjs'
import { countPlaywright, countVitest, readCounts } from './report.mjs'
import { withDisplay } from './virtual-display.mjs'

/**
 * @typedef {object} StageContext
 * @property {import('../setup/index.mjs').ElectronRuntime} runtime
 * @property {string} reportsDir an empty folder for the runners' reports
 * @property {readonly string[]} extraArgs for the runner, as given on the command line
 *
 * @typedef {object} StageResult
 * @property {boolean} ok
 * @property {import('./report.mjs').Counts} [counts]
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [needsBuild] reads what the build stage makes
 * @property {(context: StageContext) => Promise<StageResult>} run
 */

const tool = async (packageName, command, args, env = {}) =>
  runNode([await packageBin(repoDir, packageName, command), ...args], {
    cwd: repoDir,
    stdout: 'inherit',
    env,
  })

/** @type {readonly Stage[]} */
export const STAGES = [
  {
    name: 'lint',
    run: async ({ extraArgs }) => ({
      ok: (await tool('@biomejs/biome', 'biome', ['check', '.', ...extraArgs])) === 0,
    }),
  },
  {
    name: 'types',
    run: async ({ extraArgs }) => ({
      ok: (await tool('typescript', 'tsc', ['-b', ...extraArgs])) === 0,
    }),
  },
  {
    name: 'build',
    run: async () => {
      await setUpApp()
      return { ok: true }
    },
  },
  {
    // Unit and integration tests: everything that plain Node can run.
    name: 'unit',
    needsBuild: true,
    run: async ({ runtime, reportsDir, extraArgs }) => {
      const report = join(reportsDir, 'vitest.json')
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const status = await tool('vitest', undefined, ['run', ...reporters, ...extraArgs], {
        LATENT_ELECTRON: runtime.executable,
      })
      return { ok: status === 0, counts: await readCounts(report, countVitest, status) }
    },
  },
  {
    // The real app in the real Electron.
    name: 'e2e',
    needsBuild: true,
    run: async ({ runtime, reportsDir, extraArgs }) => {
      const report = join(reportsDir, 'playwright.json')
      const args = ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', ...extraArgs]
      const status = await withDisplay((display) =>
        tool('@playwright/test', 'playwright', args, {
          ...display,
          LATENT_ELECTRON: runtime.executable,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        }),
      )
      return { ok: status === 0, counts: await readCounts(report, countPlaywright, status) }
    },
  },
]

/**
 * @param {string} [name] all stages without it
 * @returns {readonly Stage[]} empty when there is no such stage
 */
export function stagesFor(name) {
  if (name === undefined) return STAGES
  const wanted = STAGES.find((stage) => stage.name === name)
  return STAGES.filter(
    (stage) => stage === wanted || (wanted?.needsBuild && stage.name === 'build'),
  )
}
