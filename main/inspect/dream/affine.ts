// Looks at a picture slightly turned, scaled and shifted, and carries gradients back the same way.

/** Maps output pixel (x, y) to source pixel (a x + b y + c, d x + e y + f). */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

export interface AffineSizes {
  readonly channels: number
  readonly sourceSidePx: number
  readonly outputSidePx: number
}

/** Turning by `angle` (radians) and enlarging by `zoom` about the middles, then shifting the view. */
export function viewOf(
  { sourceSidePx, outputSidePx }: AffineSizes,
  angle: number,
  zoom: number,
  shiftX: number,
  shiftY: number,
): Affine {
  const cos = Math.cos(angle) / zoom
  const sin = Math.sin(angle) / zoom
  const from = (outputSidePx - 1) / 2
  const to = (sourceSidePx - 1) / 2
  return {
    a: cos,
    b: -sin,
    c: to + shiftX - cos * from + sin * from,
    d: sin,
    e: cos,
    f: to + shiftY - sin * from - cos * from,
  }
}

/**
 * Samples bilinearly; outside the source lies `background`.
 *
 * @param source [channels, sourceSidePx, sourceSidePx]
 * @returns [channels, outputSidePx, outputSidePx]
 */
export function sample(
  source: Float32Array,
  view: Affine,
  sizes: AffineSizes,
  background: number,
): Float32Array {
  const { channels, sourceSidePx, outputSidePx } = sizes
  const output = new Float32Array(channels * outputSidePx ** 2).fill(background)
  const areas = [sourceSidePx ** 2, outputSidePx ** 2] as const
  eachTap(view, sizes, (at, from, weight) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = source[channel * areas[0] + from] ?? 0
      const target = channel * areas[1] + at
      output[target] = (output[target] ?? 0) + weight * (value - background)
    }
  })
  return output
}

/**
 * The adjoint of {@link sample} without its background: the gradient to the source.
 *
 * @param gradient [channels, outputSidePx, outputSidePx]
 * @returns [channels, sourceSidePx, sourceSidePx]
 */
export function sampleAdjoint(
  gradient: Float32Array,
  view: Affine,
  sizes: AffineSizes,
): Float32Array {
  const { channels, sourceSidePx, outputSidePx } = sizes
  const source = new Float32Array(channels * sourceSidePx ** 2)
  const areas = [sourceSidePx ** 2, outputSidePx ** 2] as const
  eachTap(view, sizes, (at, from, weight) => {
    for (let channel = 0; channel < channels; channel++) {
      const target = channel * areas[0] + from
      source[target] = (source[target] ?? 0) + weight * (gradient[channel * areas[1] + at] ?? 0)
    }
  })
  return source
}

/** Every source pixel that an output pixel takes from, with its bilinear weight. */
function eachTap(
  { a, b, c, d, e, f }: Affine,
  { sourceSidePx, outputSidePx }: AffineSizes,
  visit: (output: number, source: number, weight: number) => void,
): void {
  const last = sourceSidePx - 1
  for (let y = 0; y < outputSidePx; y++) {
    for (let x = 0; x < outputSidePx; x++) {
      const sx = a * x + b * y + c
      const sy = d * x + e * y + f
      const [left, top] = [Math.floor(sx), Math.floor(sy)]
      const [right, low] = [sx - left, sy - top]
      const at = y * outputSidePx + x
      const from = top * sourceSidePx + left
      if (left >= 0 && left < last && top >= 0 && top < last) {
        visit(at, from, (1 - right) * (1 - low))
        visit(at, from + 1, right * (1 - low))
        visit(at, from + sourceSidePx, (1 - right) * low)
        visit(at, from + sourceSidePx + 1, right * low)
        continue
      }
      for (const [dx, dy, weight] of [
        [0, 0, (1 - right) * (1 - low)],
        [1, 0, right * (1 - low)],
        [0, 1, (1 - right) * low],
        [1, 1, right * low],
      ] as const) {
        const inside = left + dx >= 0 && left + dx <= last && top + dy >= 0 && top + dy <= last
        if (inside && weight > 0) visit(at, from + dy * sourceSidePx + dx, weight)
      }
    }
  }
}
