// Gradients of operators that move elements.
import { intAttribute, intsAttribute, stringAttribute } from '../../attributes.ts'
import { sliceRange } from '../../shapes/selection-rules.ts'
import { positiveAxis } from '../../shapes/shape.ts'
import type { BackwardStep, GradientRule, GradientRules } from '../backward-step.ts'
import { followedBack } from '../scatter.ts'

const unchanged: GradientRule = (step) => [step.cotangent]

const reshaped: GradientRule = (step) => [step.reshapeLike(step.cotangent, step.input(0))]

const transposed: GradientRule = (step) => {
  const order = intsAttribute(step.node, 'perm')
  const perm = order?.map((_, axis) => order.indexOf(axis))
  return [step.emit('Transpose', [step.cotangent], perm === undefined ? {} : { perm })]
}

/** Each input gets its part of the axis that they were joined along. */
function concat(step: BackwardStep): readonly (string | undefined)[] {
  const rank = step.shape(step.output()).length
  const axis = positiveAxis(intAttribute(step.node, 'axis', 1), rank)
  let start = 0
  return step.node.inputs.map((input, position) => {
    const end = start + step.size(input, axis)
    const part = step.wants(position) ? sliced(step, step.cotangent, axis, start, end) : undefined
    start = end
    return part
  })
}

const sliced = (step: BackwardStep, value: string, axis: number, start: number, end: number) =>
  step.emit('Slice', [value, step.int64s([start]), step.int64s([end]), step.int64s([axis])])

/** Zeros around the part that was taken; a slice with strides is followed back. */
function slice(step: BackwardStep): readonly [string] {
  step.only(0)
  const input = step.input(0)
  const rank = step.shape(input).length
  const [starts, ends] = [step.integers(1), step.integers(2)]
  const axes = step.input(3) === '' ? starts?.map((_, i) => i) : step.integers(3)
  const strides = step.input(4) === '' ? axes?.map(() => 1) : step.integers(4)
  if (!starts || !ends || !axes || !strides?.every((stride) => stride === 1)) {
    const rest = step.node.inputs.slice(1)
    return [followedBack(step, (positions) => step.emit('Slice', [positions, ...rest]))]
  }
  const pads = new Array<number>(rank * 2).fill(0)
  axes.forEach((raw, i) => {
    const axis = positiveAxis(raw, rank)
    const [start = 0, end = 0] = [starts[i], ends[i]]
    // All of an axis, of whatever length.
    if (start === 0 && end >= 2 ** 31 - 1) return
    const size = step.size(input, axis)
    const range = sliceRange(size, start, end, 1)
    const first = range[0] ?? 0
    pads[axis] = first
    pads[axis + rank] = size - first - range.length
  })
  return [padded(step, step.cotangent, pads)]
}

/** Negative pads cut off. */
const padded = (step: BackwardStep, value: string, pads: readonly number[]): string =>
  step.emit('Pad', [value, step.int64s(pads)])

function pad(step: BackwardStep): readonly [string] {
  step.only(0)
  const rest = step.node.inputs.slice(1)
  const mode = stringAttribute(step.node, 'mode', 'constant')
  if (mode !== 'constant') {
    return [followedBack(step, (positions) => step.emit('Pad', [positions, ...rest], { mode }))]
  }
  const pads = step.emit('Neg', [step.input(1)])
  const axes = step.input(3)
  return [step.emit('Pad', [step.cotangent, pads, ...(axes === '' ? [] : ['', axes])])]
}

/** Outputs that play no part are zeros. */
function split(step: BackwardStep): readonly [string] {
  step.only(0)
  const rank = step.shape(step.input(0)).length
  const axis = positiveAxis(intAttribute(step.node, 'axis', 0), rank)
  const parts = step.node.outputs.map(
    (output, i) => step.cotangentAt(i) ?? step.emit('Mul', [output, step.scalar(0)]),
  )
  return [step.emit('Concat', parts, { axis })]
}

const gather: GradientRule = (step) => {
  step.only(0)
  const axis = intAttribute(step.node, 'axis', 0)
  const { inputs } = step.node
  return [followedBack(step, (at) => step.emit('Gather', [at, inputs[1] ?? ''], { axis }))]
}

export const layoutRules: GradientRules = {
  Identity: unchanged,
  // Left out of inference: a mask plays no part.
  Dropout: (step) => {
    step.only(0)
    return [step.cotangent]
  },
  // Gradients stay float32, whatever the numbers were before the cast.
  Cast: unchanged,
  Flatten: reshaped,
  Reshape: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: transposed,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Split: split,
  Gather: gather,
}
