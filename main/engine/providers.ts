// Chooses the execution provider: tries each in its own process, keeps the fastest correct one.
import {
  type GraphicsDevice,
  type ProviderTrial,
  providerNames,
} from '../../preload/contract/providers.ts'
import type { ModelSpec } from './protocol.ts'
import { parityOf, whyNotTheSame } from './provider-trial/parity.ts'
import type { ProviderRun, ProviderTrialOutcome } from './provider-trial/protocol.ts'

export interface ProviderWishes {
  /** Providers that must not be tried, with the reason. */
  readonly benched: readonly ProviderTrial[]
  /** Restricts the trials to these; empty tries all that are offered. */
  readonly only: readonly string[]
  /** Taken before a faster one when it is correct; none when absent. */
  readonly preferred?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface ProviderChoice {
  readonly provider: string
  /** "It is the fastest here: 80 photos/s against 22 on the CPU." */
  readonly why: string
  readonly trials: readonly ProviderTrial[]
  /** What to go on with should it fail: correct ones, the fastest first. */
  readonly substitutes: readonly string[]
}

export type ChooseProvider = (model: ModelSpec, wishes: ProviderWishes) => Promise<ProviderChoice>

export interface ProviderTrials {
  /** Always resolves, with the reason where it did not work. */
  readonly tryOn: (
    model: ModelSpec,
    provider: string,
    signal: AbortSignal | undefined,
  ) => Promise<ProviderTrialOutcome>
  /** What a provider would compute on. */
  readonly deviceOf: (provider: string) => Promise<GraphicsDevice | undefined>
}

const whyAsked = 'It was asked for.'

interface Candidate {
  readonly provider: string
  readonly run: ProviderRun
  readonly device: GraphicsDevice | undefined
}

/**
 * Tries one provider after the other: they share the machine, and side by side would slow each other.
 * The CPU is tried even where it may not be used, since it says what is correct.
 *
 * @throws Error when no provider can run the model; its message holds every reason
 */
export async function chooseProvider(
  { tryOn, deviceOf }: ProviderTrials,
  model: ModelSpec,
  { benched, only, preferred, signal }: ProviderWishes,
): Promise<ProviderChoice> {
  if (only.length === 1 && only[0] === 'cpu') {
    // There is nothing to compare it with.
    return { provider: 'cpu', why: whyAsked, trials: [], substitutes: [] }
  }
  const trials: ProviderTrial[] = []
  const candidates: Candidate[] = []
  const isWanted = (provider: string): boolean => only.length === 0 || only.includes(provider)
  for (const provider of providerNames) {
    if (!isWanted(provider) && provider !== 'cpu') continue
    const bench = benched.find((trial) => trial.provider === provider)
    if (bench !== undefined) {
      trials.push(bench)
      continue
    }
    const outcome = await tryOn(model, provider, signal)
    signal?.throwIfAborted()
    if (outcome.ok) {
      candidates.push({ provider, run: outcome.run, device: await deviceOf(provider) })
    } else {
      const { offered, reason } = outcome
      trials.push({ provider, ok: false, reason, offered })
    }
  }
  const cpu = candidates.find(({ provider }) => provider === 'cpu')
  const told = candidates.map((candidate) => ({ ...candidate, ...compared(candidate, cpu) }))
  const correct = told
    .filter(({ provider, objection }) => isWanted(provider) && objection === '')
    .toSorted((a, b) => paceOf(b) - paceOf(a))
  const chosen = correct.find(({ provider }) => provider === preferred) ?? correct[0]
  for (const candidate of told) {
    const { provider, run, device, parity, objection } = candidate
    if (!isWanted(provider)) continue
    const ok = candidate === chosen
    trials.push({
      provider,
      ok,
      reason: ok ? '' : objection || slowness(candidate, chosen),
      offered: true,
      facts: { ...run.facts, ...(parity === undefined ? {} : { parity }) },
      ...(device === undefined ? {} : { device }),
    })
  }
  if (chosen === undefined && isWanted('cpu') && !benched.some((b) => b.provider === 'cpu')) {
    // A trial has little time, and a busy machine takes it: the engine's own attempt decides.
    const why = 'Nothing else works here, and its own trial was not completed.'
    return { provider: 'cpu', why, trials, substitutes: [] }
  }
  if (chosen === undefined) {
    const reasons = trials.map(({ provider, reason }) => `${provider}: ${reason}`).join(' ')
    throw new Error(
      only.length === 1
        ? `This execution provider cannot be used. ${reasons}`
        : `No execution provider can run the model. ${reasons}`,
    )
  }
  return {
    provider: chosen.provider,
    why: whyChosen(chosen, correct, preferred, only),
    trials,
    substitutes: correct.filter((other) => other !== chosen).map(({ provider }) => provider),
  }
}

function compared(candidate: Candidate, cpu: Candidate | undefined) {
  if (cpu === undefined || candidate === cpu) return { parity: undefined, objection: '' }
  const parity = parityOf(candidate.run.answers, cpu.run.answers)
  return { parity, objection: whyNotTheSame(parity) }
}

/** Of its best batch size. */
const paceOf = ({ run }: Candidate): number =>
  Math.max(0, ...run.facts.photosPerSecond.map(({ photosPerSecond }) => photosPerSecond))

const paceText = (candidate: Candidate): string => {
  const pace = paceOf(candidate)
  return pace >= 10 ? pace.toFixed(0) : pace.toPrecision(2)
}

function slowness(candidate: Candidate, chosen: Candidate | undefined): string {
  if (chosen === undefined) return 'It was not needed.'
  const pace = `${paceText(candidate)} photos/s against ${paceText(chosen)} on ${chosen.provider}`
  if (paceOf(candidate) > paceOf(chosen)) return `Another one was asked for (${pace}).`
  const device = candidate.device?.isSoftware
    ? ` Its device, ${candidate.device.name}, is software that runs on the CPU.`
    : ''
  return `It is slower: ${pace}.${device}`
}

function whyChosen(
  chosen: Candidate,
  correct: readonly Candidate[],
  preferred: string | undefined,
  only: readonly string[],
): string {
  if (only.length > 0) return whyAsked
  if (preferred === chosen.provider) return 'It was chosen in the settings.'
  const asked = preferred === undefined ? '' : ` ${preferred} was chosen, but cannot be used.`
  const next = correct.find((other) => other !== chosen)
  return next === undefined
    ? `It is the only one that works here.${asked}`
    : `It is the fastest here: ${paceText(chosen)} photos/s against ${paceText(next)} on ${next.provider}.${asked}`
}
