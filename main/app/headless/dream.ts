// `latent dream`: the picture that a unit likes best.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { withNotes } from '../../export/png-text.ts'
import { callNetwork } from '../../inspect/network-calls.ts'
import type { Places } from '../places.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { round } from './classify.ts'
import { type ExitCode, exitCode, printLine, say, UsageError } from './output.ts'
import { startInspector } from './start-inspector.ts'

export const dreamHelp = `Usage: latent dream --layer <name> --channel n --out file.png [--model id] [--steps 256] [--seed 1]

Makes the picture that excites a unit most, and prints
  {"path","layer","channel","steps","seed","activation","seconds"}.
The same seed gives the same picture. Progress goes to stderr. For names see latent inspect --layers.

Exit code: 0 complete, 1 failed, 2 wrong usage.`

export async function dream(
  argv: readonly string[],
  at: Places,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, {
    model: { type: 'string' },
    layer: { type: 'string' },
    channel: { type: 'string' },
    steps: { type: 'string', default: '256' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  })
  const { layer, out } = values
  if (positionals.length > 0) throw new UsageError(`Expected no ${positionals[0]}.`)
  if (layer === undefined) throw new UsageError('Expected --layer <name>.')
  if (out === undefined) throw new UsageError('Expected --out file.png.')
  if (values.channel === undefined) throw new UsageError('Expected --channel n.')
  const channel = wholeNumber('channel', values.channel, 0, 1_000_000)
  const steps = wholeNumber('steps', values.steps, 1, 4096)
  const seed = wholeNumber('seed', values.seed, 0, 2 ** 31)
  const path = resolve(out)
  const { inspector, model } = await startInspector(at, values.model)
  const start = performance.now()
  try {
    const { png, activation } = await callNetwork(
      inspector.background,
      'dream',
      { spec: model.network, layer, channel, steps, seed },
      {
        signal,
        onProgress: ({ step, activation: now }) =>
          say(`step ${step} of ${steps}, activation ${round(now, 2)}`),
      },
    )
    const title = `${layer} channel ${channel}, ${steps} steps, seed ${seed}`
    const notes = { Title: title, Comment: `Network ${model.network.id}`, Software: 'Latent' }
    await writeFile(path, withNotes(png, notes))
    const seconds = round((performance.now() - start) / 1000, 2)
    printLine({ path, layer, channel, steps, seed, activation: round(activation, 4), seconds })
    return exitCode.complete
  } finally {
    inspector.dispose()
  }
}
