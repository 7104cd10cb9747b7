import { describe, expect, it } from 'vitest'
import { channelFirstAxis, samePadding, transpose } from './layout.ts'

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Looks each output element up by its index, the slow way. */
function transposeByIndex(
  data: Uint8Array,
  elementBytes: number,
  shape: readonly number[],
  order: readonly number[],
): Uint8Array {
  const outShape = order.map((axis) => shape[axis] ?? 0)
  const count = shape.reduce((a, b) => a * b, 1)
  const out = new Uint8Array(count * elementBytes)
  for (let flat = 0; flat < count; flat++) {
    let rest = flat
    const outIndex = outShape.map(() => 0)
    for (let axis = outShape.length - 1; axis >= 0; axis--) {
      outIndex[axis] = rest % (outShape[axis] ?? 1)
      rest = Math.floor(rest / (outShape[axis] ?? 1))
    }
    const index = shape.map((_, axis) => outIndex[order.indexOf(axis)] ?? 0)
    const source = index.reduce((at, value, axis) => at * (shape[axis] ?? 1) + value, 0)
    for (let byte = 0; byte < elementBytes; byte++) {
      out[flat * elementBytes + byte] = data[source * elementBytes + byte] ?? 0
    }
  }
  return out
}

describe('transpose', () => {
  it('agrees with looking up every element, on random shapes and orders', () => {
    const random = seeded(7)
    for (let round = 0; round < 200; round++) {
      const rank = 1 + Math.floor(random() * 5)
      const shape = Array.from({ length: rank }, () => 1 + Math.floor(random() * 5))
      const order = shape
        .map((_, axis) => ({ axis, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ axis }) => axis)
      const elementBytes = [1, 4, 8][Math.floor(random() * 3)] ?? 1
      const total = shape.reduce((a, b) => a * b, elementBytes)
      const data = Uint8Array.from({ length: total }, () => random() * 256)
      expect(transpose(data, elementBytes, shape, order), `[${shape}] by [${order}]`).toEqual(
        transposeByIndex(data, elementBytes, shape, order),
      )
    }
  })

  it('leaves a scalar and an empty tensor as they are', () => {
    expect(transpose(Uint8Array.of(7, 8, 9, 10), 4, [], [])).toEqual(Uint8Array.of(7, 8, 9, 10))
    expect(transpose(new Uint8Array(), 4, [2, 0, 3], [2, 0, 1])).toEqual(new Uint8Array())
  })

  it('refuses data of another size than the shape says, and axes that are not there', () => {
    expect(() => transpose(new Uint8Array(5), 1, [2, 3], [1, 0])).toThrow(RangeError)
    expect(() => transpose(new Uint8Array(6), 1, [2, 3], [2, 0])).toThrow(RangeError)
  })
})

describe('channelFirstAxis', () => {
  it('maps axes of a map, from either end, and leaves other ranks alone', () => {
    expect([0, 1, 2, 3].map((axis) => channelFirstAxis(axis, 4))).toEqual([0, 2, 3, 1])
    expect(channelFirstAxis(-1, 4)).toBe(1)
    expect(channelFirstAxis(-1, 2)).toBe(1)
    expect(channelFirstAxis(1, 2)).toBe(1)
  })
})

describe('samePadding', () => {
  it('places the published example of 13 inputs, kernel 6, stride 5 as TensorFlow does', () => {
    // https://stackoverflow.com/a/39371113: one zero before, two after.
    expect(samePadding(13, 6, 5, 1)).toEqual([1, 2])
  })

  it('puts the odd pixel at the end, where PyTorch would not', () => {
    expect(samePadding(224, 3, 2, 1)).toEqual([0, 1])
    expect(samePadding(224, 7, 2, 1)).toEqual([2, 3])
    expect(samePadding(35, 3, 1, 1)).toEqual([1, 1])
    expect(samePadding(35, 5, 1, 1)).toEqual([2, 2])
    expect(samePadding(8, 2, 1, 1)).toEqual([0, 1])
  })

  it('needs none when the kernel is no wider than the stride that divides the input', () => {
    expect(samePadding(224, 1, 2, 1)).toEqual([0, 0])
    expect(samePadding(8, 2, 2, 1)).toEqual([0, 0])
  })

  it('agrees with the two-case formula of the TensorFlow documentation', () => {
    // https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    for (let input = 1; input <= 40; input++) {
      for (let kernel = 1; kernel <= 7; kernel++) {
        for (let stride = 1; stride <= 4; stride++) {
          const total =
            input % stride === 0
              ? Math.max(kernel - stride, 0)
              : Math.max(kernel - (input % stride), 0)
          const begin = Math.floor(total / 2)
          expect(samePadding(input, kernel, stride, 1)).toEqual([begin, total - begin])
        }
      }
    }
  })

  it('widens a dilated kernel', () => {
    expect(samePadding(28, 3, 1, 2)).toEqual([2, 2])
  })
})
