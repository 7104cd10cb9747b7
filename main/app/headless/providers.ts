// `latent providers`: what each execution provider of this computer does with a network.

import { type ProviderTrial, providerNames } from '../../../preload/contract/providers.ts'
import { offeredByThisBuild } from '../../engine/provider-trial/offered.ts'
import { chooseProvider, type ProviderChoice } from '../../engine/providers.ts'
import { cudaHere } from '../cuda-here.ts'
import type { Places } from '../places.ts'
import { forkProviderTrial, providerTrials } from '../provider-choice.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { commandModel } from './command-model.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { disableCuda, enableCuda } from './providers-cuda.ts'

export const providersHelp = `Usage: latent providers [--model id] [--timeout seconds]
       latent providers enable-cuda [--yes]
       latent providers disable-cuda

Tries a network on every execution provider that this build of ONNX Runtime has, each in a process
of its own (30 s for the CPU, 60 s for others, which may have to compile). A JSON line each:
  {"provider","form"?,"offered","tried","ok","chosen","reason"?,"parity"?,"photosPerSecond"?,"loadMs"?,
   "firstRunMs"?,"nodes"?,"nodesOnCpu"?,"operatorsOnCpu"?,"device"?}
ok means that it ran and that its results agree with the CPU's. Nothing is remembered. A network in
integers that has a float form is tried with that as well on graphics devices ("form":"float").

  --model id         which network (default inception-v3; see latent models list)
  --timeout seconds  how long each may take, 1 to 3600

enable-cuda  (Linux) says what of NVIDIA's software is there, and asks nuget.org how large ONNX
             Runtime's CUDA libraries are; with --yes fetches, checks and unpacks them into your data.
             Run again after a cut it goes on where it was. Prints
             {"installed","missing","host","bytes"}.
disable-cuda removes them.

Exit code: 0 one of them can be used, 1 none can, 2 wrong usage.`

export async function providers(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [action, ...rest] = argv
  if (action === 'enable-cuda') return enableCuda(rest, at, signal)
  if (action === 'disable-cuda') return disableCuda(rest, at)
  const { values, positionals } = readArguments(argv, {
    model: { type: 'string' },
    timeout: { type: 'string' },
  })
  const timeoutMs =
    values.timeout === undefined
      ? undefined
      : wholeNumber('timeout', values.timeout, 1, 3_600) * 1_000
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  const model = await commandModel(at, values.model)
  const cuda = await cudaHere(at)
  const env = () => cuda?.environment ?? {}
  const offered = await offeredByThisBuild(forkProviderTrial(at, env))
  const trials = providerTrials(at, env, timeoutMs)
  const choice = await chooseProvider(
    {
      ...trials,
      tryOn: (spec, provider, until) => {
        if (offered.includes(provider)) say(`Trying ${provider}`)
        return trials.tryOn(spec, provider, until)
      },
    },
    model.spec,
    { benched: [], only: [], thorough: true, signal },
  )
  for (const name of [...new Set([...offered, ...providerNames])])
    for (const line of linesOf(name, offered, choice)) printLine(line)
  say(`${choice.provider} is used. ${choice.why}`)
  return choice.trials.some(({ ok }) => ok) ? exitCode.complete : exitCode.failed
}

/** Two of a provider that was tried with both forms of the network. */
function linesOf(
  provider: string,
  offered: readonly string[],
  choice: ProviderChoice,
): readonly object[] {
  const trials = choice.trials.filter((trial) => trial.provider === provider)
  return (trials.length === 0 ? [undefined] : trials)
    .toSorted((a, b) => (a?.form ?? '').localeCompare(b?.form ?? ''))
    .map((trial) => lineOf(provider, offered, choice, trial))
}

function lineOf(
  provider: string,
  offered: readonly string[],
  choice: ProviderChoice,
  trial: ProviderTrial | undefined,
): object {
  const isOffered = offered.includes(provider)
  if (trial === undefined) {
    return { provider, offered: isOffered, tried: false, ok: false, chosen: false, reason: untried }
  }
  return {
    provider,
    ...(trial.form === undefined ? {} : { form: trial.form }),
    offered: isOffered,
    tried: isOffered,
    ok:
      trial.ok ||
      (choice.substitutes.includes(provider) &&
        (trial.form === 'float') === choice.floatOn.includes(provider)),
    chosen: trial.ok,
    ...(trial.reason === '' ? {} : { reason: trial.reason }),
    ...figuresOf(trial),
    device: trial.device ?? null,
  }
}

const untried = 'Latent does not use it: CUDA does the same work on the same devices.'

function figuresOf({ facts }: ProviderTrial): object {
  if (facts === undefined) return {}
  const { parity, photosPerSecond, nodes } = facts
  return {
    parity:
      parity === undefined
        ? null
        : {
            maxProbabilityDifference: round(parity.maxProbabilityDifference, 6),
            sameTop5: parity.sameTop5,
            embeddingCosine: round(parity.embeddingCosine, 6),
            ...(parity.withIntegers === undefined ? {} : { withIntegers: parity.withIntegers }),
          },
    photosPerSecond: Object.fromEntries(
      photosPerSecond.map((pace) => [pace.batchSize, round(pace.photosPerSecond, 3)]),
    ),
    loadMs: Math.round(facts.loadMs),
    firstRunMs: Math.round(facts.firstRunMs),
    nodes: nodes.all,
    nodesOnCpu: nodes.onCpu,
    operatorsOnCpu: Object.fromEntries(nodes.operatorsOnCpu.map((o) => [o.operator, o.count])),
  }
}
