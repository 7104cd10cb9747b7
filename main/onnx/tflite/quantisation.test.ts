import { describe, expect, it } from 'vitest'
import { bytesOf } from '../graph-builder.ts'
import { dequantise, integersOf, realRange } from './quantisation.ts'
import type { TfliteTensor } from './schema.ts'

const tensor = (change: Partial<TfliteTensor>): TfliteTensor => ({
  name: 't',
  type: 'uint8',
  shape: [],
  data: undefined,
  quantisation: undefined,
  ...change,
})

describe('dequantise', () => {
  it('is scale * (q - zeroPoint) with one pair for all', () => {
    const quantisation = { scales: [0.5], zeroPoints: [128], axis: 0 }
    expect(dequantise(Uint8Array.of(0, 128, 130, 255), 'uint8', quantisation, 2)).toEqual(
      Float32Array.of(-64, 0, 1, 63.5),
    )
  })

  it('uses one pair a slice', () => {
    const quantisation = { scales: [1, 0.25], zeroPoints: [0, 4], axis: 0 }
    const data = bytesOf(Int8Array.of(-1, 2, -4, 8))
    expect(dequantise(data, 'int8', quantisation, 2)).toEqual(Float32Array.of(-1, 2, -2, 1))
  })

  it('takes a missing zero point as zero', () => {
    const quantisation = { scales: [2], zeroPoints: [], axis: 0 }
    expect(dequantise(bytesOf(Int8Array.of(-128, 127)), 'int8', quantisation, 1)).toEqual(
      Float32Array.of(-256, 254),
    )
  })

  it('reads int32 biases from unaligned bytes', () => {
    const file = Uint8Array.of(9, ...bytesOf(Int32Array.of(-70_000, 3)))
    const quantisation = { scales: [1], zeroPoints: [0], axis: 0 }
    expect(dequantise(file.subarray(1), 'int32', quantisation, 1)).toEqual(
      Float32Array.of(-70_000, 3),
    )
  })

  it('inverts quantisation to within half a step over the whole range', () => {
    const [scale, zeroPoint] = [0.037, 91]
    for (let real = scale * (0 - zeroPoint); real <= scale * (255 - zeroPoint); real += 0.0113) {
      const q = Math.round(real / scale) + zeroPoint
      const quantisation = { scales: [scale], zeroPoints: [zeroPoint], axis: 0 }
      const [back = Number.NaN] = dequantise(Uint8Array.of(q), 'uint8', quantisation, 1)
      expect(Math.abs(back - real)).toBeLessThanOrEqual(scale / 2 + 1e-6)
    }
  })
})

describe('integersOf', () => {
  it('refuses types that hold no quantised weights', () => {
    expect(() => integersOf(new Uint8Array(4), 'float32')).toThrow(RangeError)
  })
})

describe('realRange', () => {
  it('is where the ends of the integer range lie', () => {
    const quantisation = { scales: [0.5], zeroPoints: [10], axis: 0 }
    expect(realRange(tensor({ quantisation }))).toEqual([-5, 122.5])
    expect(realRange(tensor({ quantisation, type: 'int8' }))).toEqual([-69, 58.5])
  })

  it('is open for float tensors and for those without a scale', () => {
    expect(realRange(tensor({ type: 'float32' }))).toBeUndefined()
    expect(realRange(tensor({}))).toBeUndefined()
  })
})
