// `npm run test:e2e [-- <argument for Playwright>...]`: the end-to-end tests alone, on a fresh build.
import { runAsCommand } from './setup/failure.mjs'
import { setUpRuntime } from './setup/index.mjs'
import { runStages } from './testing/run-stages.mjs'
import { stagesFor } from './testing/stages.mjs'
import { needsVirtualDisplay } from './testing/virtual-display.mjs'

await runAsCommand(async () => {
  const runtime = await setUpRuntime({ virtualDisplay: needsVirtualDisplay() })
  return runStages(stagesFor('e2e'), { runtime, extraArgs: process.argv.slice(2) })
})
