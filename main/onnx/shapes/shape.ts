// Shapes that may hold free and unknown axes, and how they combine.

/** One axis: a length, the name of a free one ("N"), or undefined when it cannot be known. */
export type Size = number | string | undefined
export type Shape = readonly Size[]

/** What is known of a value before anything runs. */
export interface Facts {
  /** TensorProto.DataType; undefined when it cannot be known. */
  readonly elemType: number | undefined
  /** undefined when even the rank cannot be known. */
  readonly shape: Shape | undefined
  /** Elements in row-major order, of small integer tensors (shapes, axes, indices). */
  readonly elements: readonly Size[] | undefined
}

export const unknownFacts: Facts = { elemType: undefined, shape: undefined, elements: undefined }

export const facts = (elemType: number | undefined, shape: Shape | undefined): Facts => ({
  elemType,
  shape,
  elements: undefined,
})

/** Axis of a shape of that rank, counted from the end when negative. */
export const positiveAxis = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** Product of lengths; one free axis times 1 keeps its name. */
export function product(sizes: Shape): Size {
  let fixed = 1
  let free: string | undefined
  for (const size of sizes) {
    if (size === undefined || (typeof size === 'string' && free !== undefined)) return undefined
    if (typeof size === 'string') free = size
    else fixed *= size
  }
  if (free === undefined) return fixed
  return fixed === 1 ? free : fixed === 0 ? 0 : undefined
}

/** numerator / denominator where free axes of the same name cancel; undefined when unknown. */
export function quotient(numerator: Shape, denominator: Shape): Size {
  const left = [...numerator]
  const rest: Size[] = []
  for (const size of denominator) {
    const same = typeof size === 'string' ? left.indexOf(size) : -1
    if (same >= 0) left.splice(same, 1)
    else rest.push(size)
  }
  const fixedLeft = left.filter((size) => typeof size === 'number').reduce((a, b) => a * b, 1)
  const free = left.filter((size) => typeof size !== 'number')
  const by = product(rest)
  if (typeof by !== 'number' || by === 0 || fixedLeft % by !== 0) return undefined
  return product([...free, fixedLeft / by])
}

/**
 * Multidirectional broadcasting.
 * Source: https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md
 *
 * @returns undefined when a rank is unknown or the shapes do not go together
 */
export function broadcast(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  let result: Shape = []
  for (const shape of shapes) {
    if (shape === undefined) return undefined
    const rank = Math.max(result.length, shape.length)
    const merged: Size[] = []
    for (let fromEnd = rank; fromEnd >= 1; fromEnd--) {
      const a = fromEnd > result.length ? 1 : result[result.length - fromEnd]
      const b = fromEnd > shape.length ? 1 : shape[shape.length - fromEnd]
      if (a === 1) merged.push(b)
      else if (b === 1 || a === b) merged.push(a)
      else if (typeof a === 'number' && typeof b === 'number') return undefined
      // A free axis beside a fixed one can only be that long, or 1.
      else merged.push(typeof a === 'number' ? a : typeof b === 'number' ? b : undefined)
    }
    result = merged
  }
  return result
}
