// What each thousand photos cost.
import type { Sample } from './watch-indexing.ts'

export interface WindowCost {
  readonly wallMs: number
  readonly cpuMs: number
}

/**
 * Milliseconds a photo in each whole window of `photos`. Samples fall between windows' ends: what
 * lies between two samples is shared out evenly.
 *
 * @param samples in the order that they were taken; `done` never falls
 */
export function windowCosts(samples: readonly Sample[], photos: number): readonly WindowCost[] {
  const last = samples.at(-1)?.done ?? 0
  const costs: WindowCost[] = []
  for (let end = photos; end <= last; end += photos) {
    const from = at(samples, end - photos)
    const to = at(samples, end)
    costs.push({
      wallMs: (to.atMs - from.atMs) / photos,
      cpuMs: (to.cpuMs - from.cpuMs) / photos,
    })
  }
  return costs
}

/** The sample there would have been at the moment when `done` photos were done. */
function at(samples: readonly Sample[], done: number): Sample {
  const after = samples.findIndex((sample) => sample.done >= done)
  const b = samples[after]
  if (b === undefined) throw new RangeError(`Expected a sample past ${done} photos`)
  const a = samples[after - 1] ?? b
  const share = b.done === a.done ? 1 : (done - a.done) / (b.done - a.done)
  return {
    done,
    atMs: a.atMs + share * (b.atMs - a.atMs),
    cpuMs: a.cpuMs + share * (b.cpuMs - a.cpuMs),
  }
}
