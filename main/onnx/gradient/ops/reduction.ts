// Gradients of sums, means, norms and extremes over axes.
import { intAttribute, intsAttribute } from '../../attributes.ts'
import { positiveAxis } from '../../shapes/shape.ts'
import type { BackwardStep, GradientRule, GradientRules } from '../backward-step.ts'

/** Axes that a Reduce node goes over: an input in newer operator sets, an attribute before. */
function reducedAxes(step: BackwardStep): readonly number[] {
  const rank = step.shape(step.input(0)).length
  const named = step.input(1) === '' ? intsAttribute(step.node, 'axes') : step.integers(1)
  if (named === undefined && step.input(1) !== '') {
    step.fail('unknown-shape', 'Expected constant axes')
  }
  return (named ?? Array.from({ length: rank }, (_, axis) => axis)).map((axis) =>
    positiveAxis(axis, rank),
  )
}

/** A value of the output's shape, with the reduced axes back as length 1. */
function kept(step: BackwardStep, value: string): string {
  if (intAttribute(step.node, 'keepdims', 1) === 1) return value
  const axes = reducedAxes(step)
  const rank = step.shape(step.input(0)).length
  return axes.length === rank
    ? step.emit('Reshape', [value, step.int64s(axes.map(() => 1))])
    : step.emit('Unsqueeze', [value, step.int64s(axes)])
}

const expanded = (step: BackwardStep, value: string): string =>
  step.emit('Expand', [value, step.shapeOf(step.input(0))])

const sum: GradientRule = (step) => {
  step.only(0)
  return [expanded(step, kept(step, step.cotangent))]
}

const mean: GradientRule = (step) => {
  step.only(0)
  const input = step.input(0)
  const count = reducedAxes(step).reduce((product, axis) => product * step.size(input, axis), 1)
  return [expanded(step, step.times(kept(step, step.cotangent), 1 / count))]
}

/** x / ‖x‖, and 0 at the origin, where the norm has no slope. */
const norm: GradientRule = (step) => {
  step.only(0)
  const length = step.emit('Max', [kept(step, step.output()), step.scalar(1e-30)])
  const over = step.emit('Div', [kept(step, step.cotangent), length])
  return [step.emit('Mul', [over, step.input(0)])]
}

/** Elements that equal the extreme share its gradient evenly. */
function extremeOver(step: BackwardStep, axes: readonly number[], extreme: string, g: string) {
  const winners = step.mask(step.emit('Equal', [step.input(0), extreme]))
  const share = step.emit('Div', [g, step.sum(winners, axes, 1)])
  return step.emit('Mul', [winners, share])
}

const extreme: GradientRule = (step) => {
  step.only(0)
  const g = kept(step, step.cotangent)
  return [extremeOver(step, reducedAxes(step), kept(step, step.output()), g)]
}

const globalMaxPool: GradientRule = (step) => {
  const rank = step.shape(step.input(0)).length
  const axes = Array.from({ length: rank - 2 }, (_, i) => i + 2)
  return [extremeOver(step, axes, step.output(), step.cotangent)]
}

export const reductionRules: GradientRules = {
  ReduceSum: sum,
  ReduceMean: mean,
  ReduceL2: norm,
  ReduceMax: extreme,
  ReduceMin: extreme,
  GlobalMaxPool: globalMaxPool,
}
