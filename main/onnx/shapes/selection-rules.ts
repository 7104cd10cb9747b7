// Shapes of operators that pick elements, and of those that make tensors from shapes.
import { intAttribute, intsAttribute } from '../attributes.ts'
import { dataType } from '../model.ts'
import { numbersOf } from '../tensor-data.ts'
import { broadcast, facts, positiveAxis, type Size } from './shape.ts'
import type { ShapeRule, ShapeRules } from './shape-step.ts'

/** Longest tensor whose elements are followed: more than any shape, less than any weights. */
export const mostElements = 64

const shapeOf: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return [facts(dataType.int64, [undefined])]
  const start = intAttribute(step.node, 'start', 0)
  const end = intAttribute(step.node, 'end', input.length)
  const elements = input.slice(start, end)
  return [{ elemType: dataType.int64, shape: [elements.length], elements }]
}

const gather: ShapeRule = (step) => {
  const data = step.input(0)
  const indices = step.input(1)
  if (data.shape === undefined || indices.shape === undefined) return undefined
  const axis = positiveAxis(intAttribute(step.node, 'axis', 0), data.shape.length)
  const shape = [...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)]
  const at = step.integers(1)
  const elements =
    data.shape.length === 1 && data.elements !== undefined && at !== undefined
      ? at.map((index) => data.elements?.[positiveAxis(index, data.elements.length)])
      : undefined
  return [{ elemType: data.elemType, shape, elements }]
}

/** Start, end and step of each sliced axis; undefined when they are computed at run time. */
const slice: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  const inputs = step.has(1)
  const starts = inputs ? step.integers(1) : intsAttribute(step.node, 'starts')
  const ends = inputs ? step.integers(2) : intsAttribute(step.node, 'ends')
  const axes = step.has(3) ? step.integers(3) : intsAttribute(step.node, 'axes')
  const steps = step.has(4) ? step.integers(4) : []
  const shape: Size[] = [...input]
  let { elements } = step.input(0)
  const sliced = axes ?? starts?.map((_, i) => i) ?? input.map((_, axis) => axis)
  sliced.forEach((raw, i) => {
    const axis = positiveAxis(raw, input.length)
    const size = input[axis]
    const start = starts?.[i]
    const end = ends?.[i]
    const stride = steps === undefined ? undefined : (steps[i] ?? 1)
    if (start === undefined || end === undefined || stride === undefined) shape[axis] = undefined
    else if (typeof size === 'number') {
      const range = sliceRange(size, start, end, stride)
      shape[axis] = range.length
      elements = input.length === 1 ? range.map((position) => elements?.[position]) : undefined
    } else if (!(start === 0 && end >= 2 ** 31 - 1 && stride === 1)) shape[axis] = undefined
  })
  return [
    { elemType: step.input(0).elemType, shape, elements: elements?.length ? elements : undefined },
  ]
}

/** Positions that a slice of one axis takes, in order. */
export function sliceRange(
  size: number,
  start: number,
  end: number,
  stride: number,
): readonly number[] {
  if (stride === 0 || size === 0) return []
  const clamp = (at: number, low: number, high: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, low), high)
  const from = stride > 0 ? clamp(start, 0, size) : clamp(start, 0, size - 1)
  const to = stride > 0 ? clamp(end, 0, size) : clamp(end, -1, size - 1)
  const count = Math.max(Math.ceil((to - from) / stride), 0)
  return Array.from({ length: Math.min(count, size) }, (_, i) => from + i * stride)
}

const split: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  const axis = positiveAxis(intAttribute(step.node, 'axis', 0), input.length)
  const parts = step.has(1) ? step.integers(1) : intsAttribute(step.node, 'split')
  const size = input[axis]
  const count = step.node.outputs.length
  return step.node.outputs.map((_, i) => {
    const even = typeof size === 'number' ? Math.ceil(size / count) : undefined
    const last = typeof size === 'number' && even !== undefined ? size - even * (count - 1) : even
    const length = step.has(1) || parts !== undefined ? parts?.[i] : i < count - 1 ? even : last
    return facts(
      step.input(0).elemType,
      input.map((s, at) => (at === axis ? length : s)),
    )
  })
}

const constant: ShapeRule = (step) => {
  for (const { name, t, i, floats, ints } of step.node.attributes) {
    if (name === 'value' && t !== undefined) {
      const small = t.dataType === dataType.int64 || t.dataType === dataType.int32
      const few = t.dims.reduce((a, b) => a * b, 1) <= mostElements
      return [
        {
          elemType: t.dataType,
          shape: t.dims,
          elements: small && few ? [...numbersOf(t)] : undefined,
        },
      ]
    }
    if (name === 'value_float') return [facts(dataType.float, [])]
    if (name === 'value_floats') return [facts(dataType.float, [floats.length])]
    if (name === 'value_int') return [{ elemType: dataType.int64, shape: [], elements: [i] }]
    if (name === 'value_ints') {
      return [{ elemType: dataType.int64, shape: [ints.length], elements: ints }]
    }
  }
  return undefined
}

const constantOfShape: ShapeRule = (step) => {
  const value = step.node.attributes.find(({ name }) => name === 'value')?.t
  return [facts(value?.dataType ?? dataType.float, step.input(0).elements)]
}

const expand: ShapeRule = (step) => {
  const target = step.input(1).elements
  return [facts(step.input(0).elemType, broadcast([step.shape(0), target]))]
}

const resize: ShapeRule = (step) => {
  const input = step.shape(0)
  const isNew = step.opset >= 11 && step.node.opType === 'Resize'
  const sizes = isNew && step.has(3) ? step.input(3).elements : undefined
  if (input === undefined) return undefined
  const shape = sizes ?? input.map((size, axis) => (axis < 2 ? size : undefined))
  return [facts(step.input(0).elemType, shape)]
}

export const selectionRules: ShapeRules = {
  Shape: shapeOf,
  Size: () => [facts(dataType.int64, [])],
  Gather: gather,
  Slice: slice,
  Split: split,
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Expand: expand,
  Resize: resize,
  Upsample: resize,
}
