// Gradients of arithmetic with broadcasting.
import type { BackwardStep, GradientRule, GradientRules } from '../backward-step.ts'
import { sumToInput } from '../broadcasting.ts'

/** Gradient of each wanted input, given its full-size form before broadcasting is undone. */
const each =
  (fullSize: (step: BackwardStep, position: number) => string): GradientRule =>
  (step) =>
    step.node.inputs.map((input, position) =>
      step.wants(position) ? sumToInput(step, fullSize(step, position), input) : undefined,
    )

const multiply = each((step, position) =>
  step.emit('Mul', [step.cotangent, step.input(1 - position)]),
)

/** a / b: 1 / b and -y / b. */
const divide = each((step, position) => {
  const over = step.emit('Div', [step.cotangent, step.input(1)])
  return position === 0 ? over : step.emit('Neg', [step.emit('Mul', [over, step.output()])])
})

/** The inputs that equal the result share its gradient evenly. */
const extreme = each((step, position) => {
  const equal = step.node.inputs.map((input) =>
    step.mask(step.emit('Equal', [input, step.output()])),
  )
  const own = equal[position] ?? ''
  const share = equal.length === 1 ? own : step.emit('Div', [own, step.emit('Sum', equal)])
  return step.emit('Mul', [step.cotangent, share])
})

const choose = each((step, position) => {
  const zero = step.scalar(0)
  const branches = position === 1 ? [step.cotangent, zero] : [zero, step.cotangent]
  return step.emit('Where', [step.input(0), ...branches])
})

export const arithmeticRules: GradientRules = {
  Add: each((step) => step.cotangent),
  Sum: each((step) => step.cotangent),
  Mean: each((step) => step.times(step.cotangent, 1 / step.node.inputs.length)),
  Sub: each((step, position) =>
    position === 0 ? step.cotangent : step.emit('Neg', [step.cotangent]),
  ),
  Mul: multiply,
  Div: divide,
  Max: extreme,
  Min: extreme,
  Where: choose,
  Expand: (step) => {
    step.only(0)
    return [sumToInput(step, step.cotangent, step.input(0))]
  },
}
