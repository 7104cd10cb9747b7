import { describe, expect, it } from 'vitest'
import type { FirstKernels } from '../../../../preload/contract/inspector.ts'
import { kernelShades, kernelWeights, patchShades, positionSums } from './kernel-image.ts'

const kernels: FirstKernels = {
  layer: 'conv1',
  count: 2,
  heightPx: 1,
  widthPx: 2,
  stridePx: 1,
  weights: Float32Array.of(1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 0, -2),
  biases: Float32Array.of(0, 0),
  blacks: [-1, -117, -104],
  gains: [2, 255, 255],
  order: Uint16Array.of(0, 1),
}

describe('kernels as pixels', () => {
  it('finds each kernel among the weights', () => {
    expect([...kernelWeights(kernels, 1)]).toEqual([-1, 0, 1, 2, 0, -2])
  })

  it('shows zero as middle grey and the greatest weight at an end', () => {
    expect([...kernelShades(kernelWeights(kernels, 1))]).toEqual([0.25, 0.5, 0.75, 1, 0.5, 0])
    expect([...kernelShades(new Float32Array(3))]).toEqual([0.5, 0.5, 0.5])
  })

  it('turns normalised pixels into colours again', () => {
    const shades = patchShades(Float32Array.of(0, -117, 151, 1, 138, -104), kernels)
    expect([...shades]).toEqual([0.5, 0, 1, 1, 1, 0])
  })

  it('adds up the three products of each position to the whole sum', () => {
    const patch = Float32Array.of(1, 1, 1, 0.5, 0, -0.5)
    const sums = positionSums(patch, kernelWeights(kernels, 1))
    expect([...sums]).toEqual([0, 2])
    const whole = kernelWeights(kernels, 1).reduce((sum, w, at) => sum + w * (patch[at] ?? 0), 0)
    expect(sums.reduce((sum, value) => sum + value, 0)).toBeCloseTo(whole, 10)
  })
})
