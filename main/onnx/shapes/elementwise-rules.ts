// Shapes of operators that work element by element, and of those that change types.
import { intAttribute } from '../attributes.ts'
import { dataType } from '../model.ts'
import { broadcast, type Facts, facts, type Size } from './shape.ts'
import type { ShapeRule, ShapeRules, ShapeStep } from './shape-step.ts'

const sameAsFirst: ShapeRule = (step) => [facts(step.input(0).elemType, step.shape(0))]

const broadcasting =
  (elemType?: number): ShapeRule =>
  (step) => {
    const shape = broadcast(step.node.inputs.map((_, position) => step.shape(position)))
    return [
      { elemType: elemType ?? step.input(0).elemType, shape, elements: calculated(step, shape) },
    ]
  }

/** Arithmetic on shapes, as exporters write it to compute a reshape. */
function calculated(step: ShapeStep, shape: Facts['shape']): readonly Size[] | undefined {
  const apply = arithmetic[step.node.opType]
  const a = step.input(0).elements
  const b = step.input(1).elements
  if (apply === undefined || a === undefined || b === undefined || (shape?.length ?? 2) > 1) {
    return undefined
  }
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const left = a[a.length === 1 ? 0 : i]
    const right = b[b.length === 1 ? 0 : i]
    if (left === undefined || right === undefined) return undefined
    if (typeof left === 'number' && typeof right === 'number') return apply(left, right)
    if (step.node.opType !== 'Mul') return undefined
    return left === 1 ? right : right === 1 ? left : undefined
  })
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.trunc(a / b),
}

const cast: ShapeRule = (step) => {
  const { shape, elements } = step.input(0)
  return [{ elemType: intAttribute(step.node, 'to', dataType.float), shape, elements }]
}

const quantise: ShapeRule = (step) => [
  facts(step.has(2) ? step.input(2).elemType : dataType.uint8, step.shape(0)),
]

const dequantise: ShapeRule = (step) => [
  facts(step.input(1).elemType ?? dataType.float, step.shape(0)),
]

const where: ShapeRule = (step) => [
  facts(step.input(1).elemType, broadcast([0, 1, 2].map((position) => step.shape(position)))),
]

const dropout: ShapeRule = (step) => [
  facts(step.input(0).elemType, step.shape(0)),
  facts(dataType.bool, step.shape(0)),
]

/** QLinearAdd and QLinearMul: a, scale, zero point, b, scale, zero point, scale, zero point. */
const quantisedPair: ShapeRule = (step) => [
  facts(step.input(0).elemType, broadcast([step.shape(0), step.shape(3)])),
]

const unary = [
  ...['Abs', 'BatchNormalization', 'Ceil', 'Celu', 'Clip', 'Cos', 'Elu', 'Erf', 'Exp', 'Floor'],
  ...['Gelu', 'HardSigmoid', 'HardSwish', 'Hardmax', 'Identity', 'InstanceNormalization'],
  ...['LRN', 'LayerNormalization', 'LeakyRelu', 'Log', 'LogSoftmax', 'LpNormalization', 'Mish'],
  ...['Neg', 'Not', 'PRelu', 'QLinearLeakyRelu', 'QLinearSigmoid', 'Reciprocal', 'Relu', 'Round'],
  ...['Selu', 'Sigmoid', 'Sign', 'Sin', 'Softmax', 'Softplus', 'Softsign', 'Sqrt', 'Swish', 'Tanh'],
  ...['ThresholdedRelu', 'MeanVarianceNormalization'],
]

export const elementwiseRules: ShapeRules = {
  ...Object.fromEntries(unary.map((op) => [op, sameAsFirst])),
  ...Object.fromEntries(
    ['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum', 'Max', 'Min', 'Mean'].map((op) => [
      op,
      broadcasting(),
    ]),
  ),
  ...Object.fromEntries(
    ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or'].map((op) => [
      op,
      broadcasting(dataType.bool),
    ]),
  ),
  Identity: (step) => [step.input(0)],
  Cast: cast,
  CastLike: (step) => [facts(step.input(1).elemType, step.shape(0))],
  QuantizeLinear: quantise,
  DequantizeLinear: dequantise,
  Dropout: dropout,
  Where: where,
  QLinearAdd: quantisedPair,
  QLinearMul: quantisedPair,
}
