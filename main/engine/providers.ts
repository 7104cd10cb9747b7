// Chooses the execution provider: tries each in its own process, keeps the fastest correct one.
import {
  type GraphicsDevice,
  type ProviderParity,
  type ProviderTrial,
  providerNames,
} from '../../preload/contract/providers.ts'
import { inFloats } from './model-form.ts'
import type { ModelSpec } from './protocol.ts'
import { likenessOf, parityOf, whyNotTheSame } from './provider-trial/parity.ts'
import type { ProviderRun, ProviderTrialOutcome } from './provider-trial/protocol.ts'

export interface ProviderWishes {
  /** Providers that must not be tried, with the reason. */
  readonly benched: readonly ProviderTrial[]
  /** Restricts the trials to these; empty tries all that are offered. */
  readonly only: readonly string[]
  /** Taken before a faster one when it is correct; none when absent. */
  readonly preferred?: string | undefined
  /** Tries the float form even on software devices, where it will lose by its pace. */
  readonly thorough?: boolean
  readonly signal?: AbortSignal | undefined
}

export interface ProviderChoice {
  readonly provider: string
  /** "It is the fastest here: 80 photos/s against 22 on the CPU." */
  readonly why: string
  readonly trials: readonly ProviderTrial[]
  /** What to go on with should it fail: correct ones, the fastest first. */
  readonly substitutes: readonly string[]
  /** Providers that run the float form of an integer network. */
  readonly floatOn: readonly string[]
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
  /** Absent for the network's own form. */
  readonly form?: 'float'
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
  { benched, only, preferred, thorough = false, signal }: ProviderWishes,
): Promise<ProviderChoice> {
  if (only.length === 1 && only[0] === 'cpu') {
    // There is nothing to compare it with.
    return { provider: 'cpu', why: whyAsked, trials: [], substitutes: [], floatOn: [] }
  }
  const trials: ProviderTrial[] = []
  const candidates: Candidate[] = []
  const floats = inFloats(model)
  const isWanted = (provider: string): boolean => only.length === 0 || only.includes(provider)
  for (const provider of providerNames) {
    if (!isWanted(provider) && provider !== 'cpu') continue
    const bench = benched.find((trial) => trial.provider === provider)
    if (bench !== undefined) {
      trials.push(bench)
      continue
    }
    const device = await deviceOf(provider)
    const attempt = async (
      spec: ModelSpec,
      form: Pick<Candidate, 'form'>,
    ): Promise<ProviderTrialOutcome> => {
      const outcome = await tryOn(spec, provider, signal)
      signal?.throwIfAborted()
      if (outcome.ok) candidates.push({ provider, ...form, run: outcome.run, device })
      else trials.push({ provider, ...form, ok: false, ...refusal(outcome) })
      return outcome
    }
    const own = await attempt(model, {})
    // Integers are emulated there, and rounded another way; what has no device has none for floats.
    const isThere = own.ok || (own.offered && device !== undefined)
    const mayGain = isThere && (thorough || device?.isSoftware !== true)
    if (provider !== 'cpu' && floats !== undefined && mayGain) {
      await attempt(floats, { form: 'float' })
    }
  }
  const references: References = {
    own: candidates.find(({ provider }) => provider === 'cpu'),
    float:
      floats !== undefined && candidates.some(({ form }) => form === 'float')
        ? await tryOn(floats, 'cpu', signal)
        : undefined,
  }
  signal?.throwIfAborted()
  const told = candidates.map((candidate) => ({ ...candidate, ...compared(candidate, references) }))
  const correct = told
    .filter(({ provider, objection }) => isWanted(provider) && objection === '')
    .toSorted((a, b) => worthOf(b) - worthOf(a))
  const chosen = correct.find(({ provider }) => provider === preferred) ?? correct[0]
  // The faster form of each, and the chosen one.
  const best = correct.filter(
    ({ provider }, i) => correct.findIndex((other) => other.provider === provider) === i,
  )
  for (const candidate of told) {
    const { provider, form, run, device, parity, objection } = candidate
    if (!isWanted(provider)) continue
    const ok = candidate === chosen
    trials.push({
      provider,
      ...(form === undefined ? {} : { form }),
      ok,
      reason: ok ? '' : whyNot(candidate, objection, chosen),
      offered: true,
      facts: { ...run.facts, ...(parity === undefined ? {} : { parity }) },
      ...(device === undefined ? {} : { device }),
    })
  }
  if (chosen === undefined && isWanted('cpu') && !benched.some((b) => b.provider === 'cpu')) {
    // A trial has little time, and a busy machine takes it: the engine's own attempt decides.
    const why = 'Nothing else works here, and its own trial was not completed.'
    return { provider: 'cpu', why, trials, substitutes: [], floatOn: [] }
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
    substitutes: best.filter((other) => other !== chosen).map(({ provider }) => provider),
    floatOn: best.filter(({ form }) => form === 'float').map(({ provider }) => provider),
  }
}

/** What the CPU says, in either form. */
interface References {
  readonly own: Candidate | undefined
  readonly float: ProviderTrialOutcome | undefined
}

function compared(
  candidate: Candidate,
  { own, float }: References,
): { readonly parity: ProviderParity | undefined; readonly objection: string } {
  const { answers } = candidate.run
  if (candidate.form === undefined) {
    if (own === undefined || candidate === own) return { parity: undefined, objection: '' }
    const parity = parityOf(answers, own.run.answers)
    return { parity, objection: whyNotTheSame(parity) }
  }
  // Floats are held to floats, and must then stand for the integers.
  if (own === undefined || float?.ok !== true) {
    return { parity: undefined, objection: 'There is nothing on the CPU to compare it with.' }
  }
  const withIntegers = likenessOf(answers, own.run.answers)
  const parity = { ...parityOf(answers, float.run.answers), withIntegers }
  return { parity, objection: whyNotTheSame(parity) }
}

const refusal = ({
  offered,
  reason,
}: Extract<ProviderTrialOutcome, { readonly ok: false }>): Pick<
  ProviderTrial,
  'offered' | 'reason'
> => ({ offered, reason })

const formOf = ({ form }: Candidate): string => (form === 'float' ? 'in floats' : 'in integers')
const nameOf = (candidate: Candidate): string =>
  candidate.form === 'float' ? `${candidate.provider} ${formOf(candidate)}` : candidate.provider

/** Of its best batch size. */
const paceOf = ({ run }: Candidate): number =>
  Math.max(0, ...run.facts.photosPerSecond.map(({ photosPerSecond }) => photosPerSecond))

/**
 * On the CPU, decoders take their share of the cores while the network runs: of 282 photos/s AlexNet has
 * 161 beside decoders that make 378, where a card that runs it at 218 has all of them.
 */
const shareOfCpu = 0.75
const runsOnCpu = ({ provider, device }: Candidate): boolean =>
  provider === 'cpu' || device?.isSoftware === true
/** Its pace beside decoders. */
const worthOf = (candidate: Candidate): number =>
  paceOf(candidate) * (runsOnCpu(candidate) ? shareOfCpu : 1)

const paceText = (candidate: Candidate): string => {
  const pace = paceOf(candidate)
  return pace >= 10 ? pace.toFixed(0) : pace.toPrecision(2)
}

function whyNot(candidate: Candidate, objection: string, chosen: Candidate | undefined): string {
  if (objection === '') return slowness(candidate, chosen)
  const isUsed = chosen?.provider === candidate.provider
  return isUsed ? `${objection} It is used ${formOf(chosen)} instead.` : objection
}

function slowness(candidate: Candidate, chosen: Candidate | undefined): string {
  if (chosen === undefined) return 'It was not needed.'
  if (candidate.provider === chosen.provider) {
    const paces = `${paceText(candidate)} photos/s ${formOf(candidate)}, ${paceText(chosen)} ${formOf(chosen)}`
    return `It is used in its other form, which is faster: ${paces}.`
  }
  const pace = `${paceText(candidate)} photos/s against ${paceText(chosen)} on ${nameOf(chosen)}`
  if (worthOf(candidate) > worthOf(chosen)) return `Another one was asked for (${pace}).`
  if (paceOf(candidate) > paceOf(chosen)) {
    return `It would share the processor with decoders: ${pace}.`
  }
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
  const floats = chosen.form === 'float' ? ' It runs in floats there.' : ''
  const asked = preferred === undefined ? '' : ` ${preferred} was chosen, but cannot be used.`
  const next = correct.find(({ provider }) => provider !== chosen.provider)
  if (next === undefined) return `It is the only one that works here.${asked}${floats}`
  const isFastest = paceOf(chosen) >= paceOf(next)
  const why = isFastest ? 'It is the fastest here' : 'It leaves the processor to the decoders'
  return `${why}: ${paceText(chosen)} photos/s against ${paceText(next)} on ${nameOf(next)}.${asked}${floats}`
}
