// Gradients through quantisation, straight through: rounding counts as the identity, saturation
// does not. Source: Bengio, Léonard and Courville, "Estimating or propagating gradients through
// stochastic neurons for conditional computation", 2013; with the clipped form of Jacob et al. 2018.
import { floatConstant } from '../../constants.ts'
import { dataType } from '../../model.ts'
import type { BackwardStep, GradientRules } from '../backward-step.ts'

/** Smallest and largest integer of a type. */
const rangeOf: Readonly<Record<number, readonly [number, number]>> = {
  [dataType.uint8]: [0, 255],
  [dataType.int8]: [-128, 127],
  [dataType.uint16]: [0, 65_535],
  [dataType.int16]: [-32_768, 32_767],
}

/** q = round(x / scale) + zero point: slope 1 / scale inside the range, 0 where it saturates. */
function quantise(step: BackwardStep): readonly [string] {
  step.only(0)
  const [x, scale] = [step.input(0), oneNumber(step, 1)]
  const zero = step.input(2) === '' ? 0 : oneNumber(step, 2)
  const type = step.facts(step.output())?.elemType ?? dataType.uint8
  const [low, high] =
    rangeOf[type] ?? step.fail('unsupported-op', `Expected integers of 8 or 16 bits, not ${type}`)
  const inside = step.emit('And', [
    step.emit('Greater', [x, step.scalar((low - zero - 0.5) * scale)]),
    step.emit('Less', [x, step.scalar((high - zero + 0.5) * scale)]),
  ])
  return [step.times(step.emit('Mul', [step.cotangent, step.mask(inside)]), 1 / scale)]
}

/** x = (q - zero point) scale */
function dequantise(step: BackwardStep): readonly [string] {
  step.only(0)
  return [step.times(step.cotangent, oneNumber(step, 1))]
}

function oneNumber(step: BackwardStep, position: number): number {
  const constant = floatConstant(step.context.index, step.input(position))
  const [number] = constant?.data ?? []
  if (number === undefined || constant?.data.length !== 1) {
    return step.fail('unsupported-op', 'Expected one constant scale for the whole tensor')
  }
  return number
}

export const quantisationRules: GradientRules = {
  QuantizeLinear: quantise,
  DequantizeLinear: dequantise,
}
