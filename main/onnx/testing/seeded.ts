// Random numbers that are the same in every run; for tests.

export interface Random {
  /** Uniform in 0..1. */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
  /** Uniform among the integers from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number
  readonly normals: (count: number) => Float32Array
  /**
   * Numbers that lie at least `gap` apart and at least half a gap from 0, in random order: a small
   * step changes neither the order of any two nor a sign, so that kinks stay out of reach.
   */
  readonly spaced: (count: number, gap?: number) => Float32Array
}

/** mulberry32 and Box-Muller. */
export function seeded(seed: number): Random {
  let state = seed
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const integer = (low: number, high: number): number =>
    low + Math.floor(uniform() * (high - low + 1))
  const spaced = (count: number, gap = 0.1): Float32Array => {
    const values = Float32Array.from({ length: count }, (_, i) => (i - count / 2 + 0.5) * gap)
    for (let i = count - 1; i > 0; i--) {
      const j = integer(0, i)
      const [a = 0, b = 0] = [values[i], values[j]]
      values[i] = b
      values[j] = a
    }
    return values.map((value) => (Math.abs(value) < gap / 2 ? gap / 2 : value))
  }
  return {
    uniform,
    normal,
    integer,
    spaced,
    normals: (count) => Float32Array.from({ length: count }, normal),
  }
}
