import { describe, expect, it } from 'vitest'
import { type FirstLayer, readKernel, rgbWeights } from './first-layer.ts'

/** Two 2x2 kernels that read blue, green, red in this order. */
const layer: FirstLayer = {
  count: 2,
  heightPx: 2,
  widthPx: 2,
  strideY: 2,
  strideX: 2,
  padTop: 1,
  padLeft: 1,
  weights: Float32Array.from({ length: 24 }, (_, i) => i),
  biases: Float32Array.of(0.5, -1),
  rgb: [2, 1, 0],
}

describe('rgbWeights', () => {
  it('turns channel planes into pixels and blue-green-red into red-green-blue', () => {
    const weights = rgbWeights(layer)
    expect([...weights.subarray(0, 6)]).toEqual([8, 4, 0, 9, 5, 1])
    expect([...weights.subarray(12, 15)]).toEqual([20, 16, 12])
  })
})

describe('readKernel', () => {
  const input = Float32Array.from({ length: 3 * 16 }, (_, i) => (i % 7) - 3)

  it('multiplies the patch with the kernel and adds the bias', () => {
    const reading = readKernel(layer, input, 4, 1, 1, 1)
    const weights = rgbWeights(layer).subarray(12)
    const sum = reading.patch.reduce((total, value, i) => total + value * (weights[i] ?? 0), 0)
    expect(reading.sumOfProducts).toBeCloseTo(sum, 5)
    expect(reading.response).toBeCloseTo(sum - 1, 5)
    expect([reading.leftPx, reading.topPx]).toEqual([1, 1])
    // Row 1, column 1 of the red plane, which is the network's third.
    expect(reading.patch[0]).toBe(input[2 * 16 + 5])
  })

  it('sees zeros in the padding', () => {
    const { patch, leftPx } = readKernel(layer, input, 4, 0, 0, 0)
    expect(leftPx).toBe(-1)
    expect([...patch.subarray(0, 9)]).toEqual(new Array(9).fill(0))
    expect(patch[9]).toBe(input[2 * 16])
  })
})
