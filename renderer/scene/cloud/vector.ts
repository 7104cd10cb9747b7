// Vectors of three numbers.

export type Vector = readonly [number, number, number]

export const add = (a: Vector, b: Vector, factor = 1): Vector => [
  a[0] + b[0] * factor,
  a[1] + b[1] * factor,
  a[2] + b[2] * factor,
]

export const minus = (a: Vector, b: Vector): Vector => add(a, b, -1)

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

export const blend = (a: Vector, b: Vector, share: number): Vector => add(a, minus(b, a), share)

export const length = (a: Vector): number => Math.hypot(...a)
