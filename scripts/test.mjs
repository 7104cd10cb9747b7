// `npm test [-- <stage> [<argument for its runner>...]]`: sets up what is missing, then checks
// everything, or the one stage that is named.
import { runAsCommand, SetupFailure } from './setup/failure.mjs'
import { setUpRuntime } from './setup/index.mjs'
import { say } from './setup/progress.mjs'
import { runStages } from './testing/run-stages.mjs'
import { STAGES, stagesFor } from './testing/stages.mjs'
import { needsVirtualDisplay } from './testing/virtual-display.mjs'

await runAsCommand(async () => {
  const [name, ...extraArgs] = process.argv.slice(2)
  const stages = stagesFor(name)
  if (stages.length === 0) {
    const known = STAGES.map((stage) => stage.name).join(', ')
    throw new SetupFailure(`Expected a stage (${known}) but received ${name}.`)
  }
  const startedAt = performance.now()
  const runtime = await setUpRuntime({ virtualDisplay: needsVirtualDisplay() })
  say(`set up in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return runStages(stages, { runtime, extraArgs })
})
