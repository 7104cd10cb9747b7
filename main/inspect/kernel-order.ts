// Sorts first-layer filters as one would lay them out by hand: colour apart from grey, then by edge.

export interface Kernels {
  readonly count: number
  readonly heightPx: number
  readonly widthPx: number
  /** [count, heightPx, widthPx, 3], RGB. */
  readonly weights: Float32Array
}

/**
 * Grey kernels come first, ordered by the direction of their strongest edge, then coloured ones by
 * hue. A kernel is coloured when its channels differ by more than a third of its energy.
 *
 * @returns kernel numbers, [count]
 */
export function kernelOrder(kernels: Kernels): Uint16Array {
  const keys = Array.from({ length: kernels.count }, (_, kernel) => sortKey(kernels, kernel))
  return Uint16Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
}

/** 0..1 for grey kernels, 1..2 for coloured ones. */
function sortKey({ weights, heightPx, widthPx }: Kernels, kernel: number): number {
  const size = heightPx * widthPx
  const at = (i: number, channel: number): number => weights[(kernel * size + i) * 3 + channel] ?? 0
  let [energy, colour] = [0, 0]
  const grey = new Float32Array(size)
  const hue = [0, 0, 0]
  for (let i = 0; i < size; i++) {
    const mean = (at(i, 0) + at(i, 1) + at(i, 2)) / 3
    grey[i] = mean
    for (let channel = 0; channel < 3; channel++) {
      const value = at(i, channel)
      energy += value * value
      colour += (value - mean) ** 2
      hue[channel] = (hue[channel] ?? 0) + Math.max(value - mean, 0)
    }
  }
  if (colour > energy / 3) return 1 + hueOf(hue)
  return edgeAngle(grey, heightPx, widthPx) / Math.PI
}

/** Direction on the colour circle of summed RGB weights, 0..1. */
function hueOf([r = 0, g = 0, b = 0]: readonly number[]): number {
  const angle = Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b)
  return (angle / (2 * Math.PI) + 1) % 1
}

/** Direction of the dominant gradient by the structure tensor, 0..π. */
function edgeAngle(grey: Float32Array, heightPx: number, widthPx: number): number {
  let [xx, xy, yy] = [0, 0, 0]
  for (let y = 0; y + 1 < heightPx; y++) {
    for (let x = 0; x + 1 < widthPx; x++) {
      const i = y * widthPx + x
      const [a = 0, b = 0, c = 0, d = 0] = [
        grey[i],
        grey[i + 1],
        grey[i + widthPx],
        grey[i + widthPx + 1],
      ]
      const dx = (b - a + d - c) / 2
      const dy = (c - a + d - b) / 2
      xx += dx * dx
      xy += dx * dy
      yy += dy * dy
    }
  }
  return (Math.atan2(2 * xy, xx - yy) / 2 + Math.PI) % Math.PI
}
