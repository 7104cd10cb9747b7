// The real Fourier basis in which a dream's parameters live.

/**
 * Orthonormal real Fourier matrix: row 0 is constant, then come cosine and sine of 1, 2, … cycles
 * over the side, and for an even side the alternating row. An image is `Bᵀ P B` of its coefficients
 * P, and products of these rows span exactly the 2-D Fourier basis.
 *
 * @returns [sidePx, sidePx], row-major; `B Bᵀ` is the identity
 */
export function fourierBasis(sidePx: number): Float32Array {
  const basis = new Float32Array(sidePx * sidePx)
  for (let row = 0; row < sidePx; row++) {
    const cycles = cyclesOf(row)
    const alone = row === 0 || cycles * 2 === sidePx
    const norm = Math.sqrt((alone ? 1 : 2) / sidePx)
    const wave = row === 0 || row % 2 === 1 ? Math.cos : Math.sin
    for (let x = 0; x < sidePx; x++) {
      basis[row * sidePx + x] = norm * wave((2 * Math.PI * cycles * x) / sidePx)
    }
  }
  return basis
}

/** Cycles over the side of a basis row: 0, 1, 1, 2, 2, … */
const cyclesOf = (row: number): number => Math.ceil(row / 2)

/**
 * Scale of each coefficient, 1 / max(f, 1/side) with f in cycles a pixel: it gives natural images'
 * 1/f amplitude and makes the ascent take equal steps at every frequency (Olah et al. 2017,
 * "Feature Visualization", https://distill.pub/2017/feature-visualization, "Preconditioning").
 *
 * @returns [sidePx, sidePx], row-major
 */
export function frequencyScale(sidePx: number): Float32Array {
  const scale = new Float32Array(sidePx * sidePx)
  for (let row = 0; row < sidePx; row++) {
    for (let column = 0; column < sidePx; column++) {
      const frequency = Math.hypot(cyclesOf(row), cyclesOf(column)) / sidePx
      scale[row * sidePx + column] = 1 / Math.max(frequency, 1 / sidePx)
    }
  }
  return scale
}
