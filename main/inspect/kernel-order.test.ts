import { describe, expect, it } from 'vitest'
import { kernelOrder } from './kernel-order.ts'

/** Kernels of 3x3 from a function of position and channel. */
function kernelsOf(...values: ((x: number, y: number, channel: number) => number)[]) {
  const weights = values.flatMap((value) =>
    [0, 1, 2].flatMap((y) => [0, 1, 2].flatMap((x) => [0, 1, 2].map((c) => value(x, y, c)))),
  )
  return { count: values.length, heightPx: 3, widthPx: 3, weights: Float32Array.from(weights) }
}

describe('kernelOrder', () => {
  it('puts grey kernels before coloured ones', () => {
    const red = (_x: number, _y: number, channel: number) => (channel === 0 ? 1 : -0.5)
    const edge = (x: number) => x - 1
    expect([...kernelOrder(kernelsOf(red, edge))]).toEqual([1, 0])
  })

  it('puts edges of one direction together', () => {
    const upright = (x: number) => x - 1
    const flat = (_x: number, y: number) => y - 1
    const fainter = (x: number) => (x - 1) / 2
    const order = [...kernelOrder(kernelsOf(upright, flat, fainter))]
    expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1)
  })

  it('orders colours around the circle', () => {
    const pure = (wanted: number) => (_x: number, _y: number, c: number) =>
      c === wanted ? 1 : -0.5
    expect([...kernelOrder(kernelsOf(pure(2), pure(1), pure(0)))]).toEqual([2, 1, 0])
  })

  it('keeps every kernel, also flat and empty ones', () => {
    const order = kernelOrder(
      kernelsOf(
        () => 0,
        () => 1,
        () => 0,
      ),
    )
    expect([...order].sort()).toEqual([0, 1, 2])
  })
})
