// The program without a window: `latent --headless <command>`.
import { setMaxListeners } from 'node:events'
import type { Places } from '../places.ts'
import { accuracy, accuracyHelp } from './accuracy.ts'
import { activationAtlas, atlasHelp } from './activation-atlas.ts'
import { classify, classifyHelp } from './classify.ts'
import { cluster, clusterHelp } from './cluster.ts'
import { doctor, doctorHelp } from './doctor.ts'
import { dream, dreamHelp } from './dream.ts'
import { indexFolder, indexHelp } from './index-folder.ts'
import { inspect, inspectHelp } from './inspect.ts'
import { models, modelsHelp } from './models.ts'
import { neighbours, neighboursHelp } from './neighbours.ts'
import { type ExitCode, exitCode, say, UsageError } from './output.ts'
import { project, projectHelp } from './project.ts'
import { providers, providersHelp } from './providers.ts'
import { search, searchHelp } from './search.ts'

export interface Command {
  readonly help: string
  run(argv: readonly string[], at: Places, signal: AbortSignal): Promise<ExitCode>
}

const commands: Readonly<Record<string, Command>> = {
  classify: { help: classifyHelp, run: classify },
  index: { help: indexHelp, run: indexFolder },
  neighbours: { help: neighboursHelp, run: neighbours },
  search: { help: searchHelp, run: search },
  project: { help: projectHelp, run: project },
  cluster: { help: clusterHelp, run: cluster },
  atlas: { help: atlasHelp, run: activationAtlas },
  accuracy: { help: accuracyHelp, run: accuracy },
  inspect: { help: inspectHelp, run: inspect },
  dream: { help: dreamHelp, run: dream },
  models: { help: modelsHelp, run: models },
  providers: { help: providersHelp, run: providers },
  doctor: { help: doctorHelp, run: doctor },
}

const overview = `Usage: latent <command> [options]

Commands:
  classify    what every photo shows, as JSON lines
  index       the same, kept in a library
  neighbours  the photos of a library that are most like one photo
  search      the photos of a library that a text describes
  project     a library's photos as points, like ones near each other
  cluster     groups of like photos in a library, with names
  atlas       what a layer tells apart on a library's photos, as a map of patches
  accuracy    how often a network says what a library's photos really show
  inspect     what a network computed on one photo, layer by layer, and why
  dream       the picture that a unit of the network likes best
  models      which networks there are, and bringing in your own
  providers   which execution providers can run a network here, and how fast
  doctor      what Latent runs on, and whether it works

latent <command> --help tells more.`

/** Runs one command to its exit code; an interrupt ends it cleanly. */
export async function runHeadless(argv: readonly string[], at: Places): Promise<ExitCode> {
  const [name = '', ...rest] = argv
  const command = commands[name]
  if (command === undefined) {
    say(overview)
    if (name === '--help' || name === 'help') return exitCode.complete
    say(`\nlatent: expected a command but received ${name === '' ? 'none' : name}.`)
    return exitCode.wrongUsage
  }
  if (rest.includes('--help')) {
    say(command.help)
    return exitCode.complete
  }
  const abort = new AbortController()
  // Every photo under way listens to it.
  setMaxListeners(0, abort.signal)
  const interrupt = (): void => abort.abort(new Error('Interrupted.'))
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    return await command.run(rest, at, abort.signal)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    say(`latent ${name}: ${message}`)
    const usage =
      error instanceof UsageError ||
      (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')
    if (!usage) return exitCode.failed
    say(`\n${command.help}`)
    return exitCode.wrongUsage
  }
}
