// `npm run test:e2e [-- <argument for Playwright>...]`: the end-to-end tests alone, on a fresh build.
import { runAsCommand } from './setup/failure.mjs'
import { setUpRuntime } from './setup/index.mjs'
import { runStages } from './testing/run-stages.mjs'
import { STAGES } from './testing/stages.mjs'
import { needsVirtualDisplay } from './testing/virtual-display.mjs'

await runAsCommand(async () => {
  const runtime = await setUpRuntime({ virtualDisplay: needsVirtualDisplay() })
  const stages = STAGES.filter(({ name }) => name === 'build' || name === 'e2e')
  return runStages(stages, { runtime, extraArgs: process.argv.slice(2) })
})
