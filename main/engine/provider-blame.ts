// Which execution providers took the engine down, and are not to be used again in this session.
import type { ProviderTrial } from '../../preload/contract/providers.ts'

/** Who has to answer for a death: the files that were in hand, or the provider. */
export type Culprit = 'files' | 'provider-in-trial' | 'provider-at-work'

const crashesToBench = 2
/** A crash so many photos ago was an accident. */
const photosToForgive = 1_000

/**
 * The CPU is never to blame: there is nothing to go on with in its place. Other providers are, at
 * the first death while they are tried and at the second while they work.
 */
export class ProviderBlame {
  private trying: string | undefined
  private working: string | undefined
  private readonly inTrial: ProviderTrial[] = []
  private atWork: ProviderTrial[] = []
  /** By provider, lately. */
  private readonly crashes = new Map<string, number>()
  private photosSinceCrash = 0

  /** @param only providers that may be used; empty = all */
  constructor(private readonly only: readonly string[]) {}

  /** Providers that must not be tried, with the reason. */
  get benched(): readonly ProviderTrial[] {
    return [...this.inTrial, ...this.atWork]
  }

  /** Why the engine does not run on what it ran on before; empty when it does. */
  get reason(): string {
    return this.atWork.map(({ provider, reason }) => `${provider} is not used: ${reason}`).join(' ')
  }

  tries(provider: string): void {
    this.trying = provider
  }

  worksOn(provider: string): void {
    this.trying = undefined
    this.working = provider
  }

  /** It failed at its work, and what is left of the process goes on with another. */
  switched(from: string, to: string, reason: string): void {
    this.working = to
    this.atWork.push({ provider: from, ok: false, reason: `It failed while it worked: ${reason}` })
  }

  /** It worked in its trial, but not in the engine. */
  failedToLoad(reason: string): boolean {
    const { trying } = this
    this.trying = undefined
    if (trying === undefined || !this.hasSubstitute(trying)) return false
    this.inTrial.push({ provider: trying, ok: false, reason })
    return true
  }

  /** The person wants all of them tried again. */
  forgive(): void {
    this.inTrial.length = 0
    this.pardon()
  }

  analysed(): void {
    this.photosSinceCrash++
    if (this.photosSinceCrash === photosToForgive) this.crashes.clear()
  }

  died(code: number | null): Culprit {
    const { trying, working } = this
    this.trying = undefined
    this.working = undefined
    this.photosSinceCrash = 0
    if (trying !== undefined && trying !== 'cpu') {
      this.inTrial.push({
        provider: trying,
        ok: false,
        reason: `It stopped the engine while it was tried (exit code ${code ?? 'unknown'}).`,
      })
      return 'provider-in-trial'
    }
    if (working === undefined || !this.hasSubstitute(working)) return 'files'
    const crashes = (this.crashes.get(working) ?? 0) + 1
    this.crashes.set(working, crashes)
    if (crashes < crashesToBench) return 'files'
    this.atWork.push({
      provider: working,
      ok: false,
      reason: `It stopped the engine ${crashes} times while it worked (exit code ${code ?? 'unknown'}).`,
    })
    return 'provider-at-work'
  }

  /** A file took down the provider's substitute as well: it was the file all along. */
  pardon(): void {
    this.atWork = []
    this.crashes.clear()
  }

  private hasSubstitute(provider: string): boolean {
    return provider !== 'cpu' && (this.only.length === 0 || this.only.some((p) => p !== provider))
  }
}
