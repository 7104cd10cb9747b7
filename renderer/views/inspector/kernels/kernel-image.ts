// Kernels and what lies under them as pixels.
import type { FirstKernels } from '../../../../preload/contract/inspector.ts'

export interface KernelShape {
  readonly widthPx: number
  readonly heightPx: number
}

export const kernelWeights = (kernels: FirstKernels, kernel: number): Float32Array => {
  const size = kernels.heightPx * kernels.widthPx * 3
  return kernels.weights.subarray(kernel * size, (kernel + 1) * size)
}

export const greatestSize = (values: Float32Array): number => {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

/** Weights as colours: grey is zero, each kernel is stretched to its own greatest weight. */
export const kernelShades = (weights: Float32Array): Float32Array => {
  const most = greatestSize(weights) || 1
  return weights.map((weight) => 0.5 + weight / (2 * most))
}

/** The network's input as colours again, 0..1. */
export const patchShades = (
  patch: Float32Array,
  { blacks, gains }: Pick<FirstKernels, 'blacks' | 'gains'>,
): Float32Array => patch.map((value, at) => (value - (blacks[at % 3] ?? 0)) / (gains[at % 3] || 1))

/** For each position of the kernel the three products added up; row-major. */
export function positionSums(patch: Float32Array, weights: Float32Array): Float32Array {
  return Float32Array.from({ length: weights.length / 3 }, (_, at) => {
    let sum = 0
    for (let colour = 0; colour < 3; colour++) {
      sum += (patch[at * 3 + colour] ?? 0) * (weights[at * 3 + colour] ?? 0)
    }
    return sum
  })
}

/** RGB shades of 0..1 as pixels. */
export function shadesImage(shades: Float32Array, widthPx: number): ImageData {
  const count = shades.length / 3
  const image = new ImageData(widthPx, count / widthPx)
  for (let at = 0; at < count; at++) {
    for (let colour = 0; colour < 3; colour++) {
      // The array clamps and rounds.
      image.data[at * 4 + colour] = (shades[at * 3 + colour] ?? 0) * 255
    }
    image.data[at * 4 + 3] = 255
  }
  return image
}
