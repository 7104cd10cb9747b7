// Chooses the execution provider: tries each, keeps the fastest one that agrees with the CPU.
import type { ProviderTrial } from '../../preload/contract/domain.ts'
import type { ModelSpec } from './protocol.ts'
import { type Batch, ClassifierSession, offeredProviders } from './sessions.ts'

/** GPU providers first, in order of preference; the CPU last. */
const preference = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const

/** Greatest difference of any class probability from the CPU's that still counts as the same. */
const parityTolerance = 0.02

export interface ProviderChoice {
  readonly session: ClassifierSession
  readonly trials: readonly ProviderTrial[]
}

interface Candidate {
  readonly session: ClassifierSession
  readonly batch: Batch
}

/**
 * Loads the model on one provider after the other and runs the same picture through each.
 *
 * @param benched providers that must not be tried, with the reason
 * @param only restricts the trial to these providers; empty = all that are offered
 * @param onTry called before each attempt, so that a crash can be blamed
 * @throws Error when no provider can run the model; its message holds every reason
 */
export async function chooseProvider(
  model: ModelSpec,
  threads: number,
  benched: readonly ProviderTrial[],
  only: readonly string[],
  onTry: (provider: string) => void,
): Promise<ProviderChoice> {
  const offered = offeredProviders()
  const wanted = preference.filter((name) => only.length === 0 || only.includes(name))
  const candidates: Candidate[] = []
  const trials: ProviderTrial[] = []
  const reject = (provider: string, reason: string): void => {
    trials.push({ provider, ok: false, reason })
  }
  for (const provider of wanted) {
    const bench = benched.find((trial) => trial.provider === provider)
    if (bench !== undefined) {
      trials.push(bench)
      continue
    }
    if (!offered.includes(provider)) {
      if (only.length > 0) reject(provider, 'This build of ONNX Runtime does not offer it.')
      continue
    }
    onTry(provider)
    try {
      candidates.push(await tryProvider(model, provider, threads))
    } catch (error) {
      reject(provider, error instanceof Error ? error.message : String(error))
    }
  }
  const cpu = candidates.find(({ session }) => session.provider === 'cpu')
  const correct = candidates.filter((candidate) => {
    const difference = cpu === undefined ? 0 : greatestDifference(candidate.batch, cpu.batch)
    if (difference <= parityTolerance) return true
    reject(
      candidate.session.provider,
      `Its results differ from the CPU's: a probability is off by ${difference.toFixed(3)}.`,
    )
    return false
  })
  const [fastest] = correct.toSorted((a, b) => a.batch.ms - b.batch.ms)
  for (const { session, batch } of candidates) {
    if (session === fastest?.session) continue
    if (correct.some((candidate) => candidate.session === session)) {
      const pace = `${batch.ms.toFixed(0)} ms a photo against ${fastest?.batch.ms.toFixed(0)} ms`
      reject(session.provider, `It is slower: ${pace} on ${fastest?.session.provider}.`)
    }
    await session.dispose()
  }
  if (fastest === undefined) {
    const reasons = trials.map(({ provider, reason }) => `${provider}: ${reason}`).join(' ')
    throw new Error(`No execution provider can run the model. ${reasons}`)
  }
  trials.push({ provider: fastest.session.provider, ok: true, reason: '' })
  return { session: fastest.session, trials }
}

/** Loads and runs once to warm up, then once for the clock. */
async function tryProvider(
  model: ModelSpec,
  provider: string,
  threads: number,
): Promise<Candidate> {
  const session = await ClassifierSession.create(model, provider, threads)
  try {
    const pixels = testPicture(model.inputSizePx)
    await session.run(pixels, 1)
    const batch = await session.run(pixels, 1)
    if (!batch.probabilities.every(Number.isFinite)) throw new Error('Its results are not numbers.')
    return { session, batch }
  } catch (error) {
    await session.dispose()
    throw error
  }
}

/** Gradients in each channel with a disc in the middle: smooth and edged at once. */
export function testPicture(sidePx: number): Uint8Array {
  const pixels = new Uint8Array(sidePx * sidePx * 3)
  for (let y = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++) {
      const inDisc = Math.hypot(x - sidePx / 2, y - sidePx / 2) < sidePx / 4
      const at = (y * sidePx + x) * 3
      pixels[at] = inDisc ? 220 : (x * 255) / sidePx
      pixels[at + 1] = inDisc ? 160 : (y * 255) / sidePx
      pixels[at + 2] = ((x + y) * 127) / sidePx
    }
  }
  return pixels
}

const greatestDifference = (a: Batch, b: Batch): number =>
  a.probabilities.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (b.probabilities[i] ?? 0))),
    0,
  )
