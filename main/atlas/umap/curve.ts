// How near two points of a layout count as, by their distance.

/** Nearness 1 / (1 + a d^(2b)). */
export interface Curve {
  readonly a: number
  readonly b: number
}

const samples = 300

/**
 * The curve nearest, by least squares, to 1 up to `minDist` and exp(-(d - minDist) / spread) beyond,
 * on 300 distances from 0 to three spreads (McInnes, Healy and Melville 2018, section 3.2). Solved by
 * Levenberg and Marquardt's method.
 *
 * @param minDist 0 to spread
 */
export function fitCurve(minDist: number, spread = 1): Curve {
  const distances = Array.from({ length: samples }, (_, i) => (3 * spread * i) / (samples - 1))
  const wanted = distances.map((d) => (d < minDist ? 1 : Math.exp(-(d - minDist) / spread)))
  let curve: Curve = { a: 1, b: 1 }
  let error = errorOf(curve, distances, wanted)
  let damping = 1e-3
  for (let step = 0; step < 200 && damping < 1e12; step++) {
    const tried = improved(curve, distances, wanted, damping)
    const triedError = errorOf(tried, distances, wanted)
    if (triedError < error) {
      curve = tried
      error = triedError
      damping /= 10
    } else damping *= 10
  }
  return curve
}

const nearness = ({ a, b }: Curve, d: number): number => 1 / (1 + a * d ** (2 * b))

const errorOf = (curve: Curve, distances: readonly number[], wanted: readonly number[]): number =>
  distances.reduce((sum, d, i) => sum + (nearness(curve, d) - (wanted[i] ?? 0)) ** 2, 0)

/** One damped step of the normal equations. */
function improved(
  curve: Curve,
  distances: readonly number[],
  wanted: readonly number[],
  damping: number,
): Curve {
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0]
  distances.forEach((d, i) => {
    if (d === 0) return
    const near = nearness(curve, d)
    const power = d ** (2 * curve.b)
    const byA = -power * near * near
    const byB = -2 * curve.a * power * Math.log(d) * near * near
    const rest = (wanted[i] ?? 0) - near
    aa += byA * byA
    ab += byA * byB
    bb += byB * byB
    ra += byA * rest
    rb += byB * rest
  })
  const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)]
  const determinant = daa * dbb - ab * ab
  return {
    a: Math.max(1e-6, curve.a + (ra * dbb - rb * ab) / determinant),
    b: Math.max(1e-6, curve.b + (rb * daa - ra * ab) / determinant),
  }
}
