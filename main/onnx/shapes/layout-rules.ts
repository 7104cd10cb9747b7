// Shapes of operators that move elements or reduce axes.
import { intAttribute, intsAttribute } from '../attributes.ts'
import { dataType } from '../model.ts'
import { facts, positiveAxis, product, quotient, type Shape, type Size } from './shape.ts'
import type { ShapeRule, ShapeRules, ShapeStep } from './shape-step.ts'

const keepingType = (step: ShapeStep, shape: Shape | undefined) => [
  facts(step.input(0).elemType, shape),
]

const reshape: ShapeRule = (step) => {
  const target = step.input(1).elements ?? intsAttribute(step.node, 'shape')
  const input = step.shape(0)
  if (target === undefined) return undefined
  const copiesZero = intAttribute(step.node, 'allowzero', 0) === 0
  const sizes = target.map((size, axis) => (size === 0 && copiesZero ? input?.[axis] : size))
  const open = sizes.indexOf(-1)
  if (open < 0) return [{ ...step.input(0), shape: sizes }]
  const others = sizes.filter((_, axis) => axis !== open)
  const rest = input === undefined ? undefined : quotient(input, others)
  return keepingType(
    step,
    sizes.map((size, axis) => (axis === open ? rest : size)),
  )
}

const flatten: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return keepingType(step, [undefined, undefined])
  const axis = positiveAxis(intAttribute(step.node, 'axis', 1), input.length)
  return keepingType(step, [product(input.slice(0, axis)), product(input.slice(axis))])
}

const transpose: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  const order = intsAttribute(step.node, 'perm') ?? input.map((_, axis) => input.length - 1 - axis)
  return keepingType(
    step,
    order.map((axis) => input[axis]),
  )
}

/** Axes from an input (newer operator sets) or an attribute; undefined when they are computed. */
export const axesOf = (step: ShapeStep, position: number): readonly number[] | undefined | 'all' =>
  step.has(position) ? step.integers(position) : (intsAttribute(step.node, 'axes') ?? 'all')

const squeeze: ShapeRule = (step) => {
  const input = step.shape(0)
  const axes = axesOf(step, 1)
  if (input === undefined || axes === undefined) return undefined
  const gone =
    axes === 'all'
      ? new Set(input.flatMap((size, axis) => (size === 1 ? [axis] : [])))
      : new Set(axes.map((axis) => positiveAxis(axis, input.length)))
  return [{ ...step.input(0), shape: input.filter((_, axis) => !gone.has(axis)) }]
}

const unsqueeze: ShapeRule = (step) => {
  const input = step.shape(0)
  const axes = axesOf(step, 1)
  if (input === undefined || axes === undefined || axes === 'all') return undefined
  const rank = input.length + axes.length
  const added = new Set(axes.map((axis) => positiveAxis(axis, rank)))
  const left = [...input]
  const shape = Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : left.shift()))
  return [{ ...step.input(0), shape }]
}

const concat: ShapeRule = (step) => {
  const all = step.node.inputs.map((_, position) => step.input(position))
  const [first] = all
  if (first?.shape === undefined) return undefined
  const axis = positiveAxis(intAttribute(step.node, 'axis', 1), first.shape.length)
  let length: Size = 0
  for (const { shape } of all) {
    const size: Size = shape?.[axis]
    length = typeof size === 'number' && typeof length === 'number' ? length + size : undefined
  }
  const shape = first.shape.map((size, at) =>
    at === axis ? length : all.reduce<Size>((known, { shape: s }) => known ?? s?.[at], size),
  )
  const elements = all.every((value) => value.elements !== undefined)
    ? all.flatMap((value) => value.elements ?? [])
    : undefined
  return [{ elemType: first.elemType, shape, elements: shape.length === 1 ? elements : undefined }]
}

/** QLinearConcat: output scale and zero point, then (tensor, scale, zero point) of each input. */
const quantisedConcat: ShapeRule = (step) => {
  const shapes = step.node.inputs.flatMap((_, at) =>
    at >= 2 && (at - 2) % 3 === 0 ? [step.shape(at)] : [],
  )
  const [first] = shapes
  if (first === undefined) return undefined
  const axis = positiveAxis(intAttribute(step.node, 'axis', 1), first.length)
  const lengths = shapes.map((shape) => shape?.[axis])
  const length = lengths.every((size) => typeof size === 'number')
    ? lengths.reduce<number>((a, b) => a + Number(b), 0)
    : undefined
  return [
    facts(
      step.input(2).elemType,
      first.map((size, at) => (at === axis ? length : size)),
    ),
  ]
}

const pad: ShapeRule = (step) => {
  const input = step.shape(0)
  const pads = step.has(1) ? step.integers(1) : intsAttribute(step.node, 'pads')
  if (input === undefined || pads === undefined) return undefined
  const axes = step.has(3) ? step.integers(3) : input.map((_, axis) => axis)
  if (axes === undefined) return undefined
  const shape = [...input]
  axes.forEach((raw, i) => {
    const axis = positiveAxis(raw, input.length)
    const size = input[axis]
    const more = (pads[i] ?? 0) + (pads[i + axes.length] ?? 0)
    if (more !== 0) shape[axis] = typeof size === 'number' ? size + more : undefined
  })
  return keepingType(step, shape)
}

const reduce: ShapeRule = (step) => {
  const input = step.shape(0)
  const axes = axesOf(step, 1)
  if (input === undefined || axes === undefined) return undefined
  const gone =
    axes === 'all'
      ? new Set(input.keys())
      : new Set(axes.map((axis) => positiveAxis(axis, input.length)))
  const keeps = intAttribute(step.node, 'keepdims', 1) === 1
  const shape = input.flatMap((size, axis) => (gone.has(axis) ? (keeps ? [1] : []) : [size]))
  return keepingType(step, shape)
}

const argument: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  const axis = positiveAxis(intAttribute(step.node, 'axis', 0), input.length)
  const keeps = intAttribute(step.node, 'keepdims', 1) === 1
  const shape = input.flatMap((size, at) => (at === axis ? (keeps ? [1] : []) : [size]))
  return [facts(dataType.int64, shape)]
}

const reductions = ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'Sum']

export const layoutRules: ShapeRules = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Concat: concat,
  QLinearConcat: quantisedConcat,
  Pad: pad,
  ArgMax: argument,
  ArgMin: argument,
  ...Object.fromEntries(
    [...reductions, 'SumSquare'].map((kind) => [`Reduce${kind}`, reduce] as const),
  ),
}
