// Shapes of convolutions, pools and matrix products.
import { intAttribute } from '../attributes.ts'
import { dataType } from '../model.ts'
import { broadcast, facts, type Shape, type Size } from './shape.ts'
import type { ShapeRule, ShapeRules, ShapeStep } from './shape-step.ts'
import { ceilMode, slidOver, transposedWindowOf, windowOf } from './window.ts'

const fixed = (shape: Shape): readonly number[] | undefined => {
  const numbers = shape.filter((size) => typeof size === 'number')
  return numbers.length === shape.length ? numbers : undefined
}

/** Conv has its weights at 1, QLinearConv at 3. */
const convolution =
  (weightsAt: number): ShapeRule =>
  (step) => {
    const input = step.shape(0)
    const weights = step.shape(weightsAt)
    if (input === undefined || weights === undefined || input.length !== weights.length) {
      return undefined
    }
    const spatial = input.slice(2)
    const window = windowOf(step.node, fixed(weights.slice(2)), spatial)
    const out = spatial.map((size, axis) => slide(size, window?.[axis], false))
    const elemType = weightsAt === 3 ? step.input(7).elemType : step.input(0).elemType
    return [facts(elemType, [input[0], weights[0], ...out])]
  }

const slide = (
  size: Size,
  axis: Parameters<typeof slidOver>[1] | undefined,
  ceil: boolean,
): Size => (axis === undefined ? undefined : slidOver(size, axis, ceil))

const transposedConvolution: ShapeRule = (step) => {
  const input = step.shape(0)
  const weights = step.shape(1)
  if (input === undefined || weights === undefined) return undefined
  const [, perGroup] = weights
  const groups = intAttribute(step.node, 'group', 1)
  const channels = typeof perGroup === 'number' ? perGroup * groups : undefined
  const window = transposedWindowOf(step.node, fixed(weights.slice(2)), input.slice(2))
  const out = input.slice(2).map((_, axis) => window?.outputs[axis])
  return [facts(step.input(0).elemType, [input[0], channels, ...out])]
}

const pool: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  const spatial = input.slice(2)
  const window = windowOf(step.node, undefined, spatial)
  const out = spatial.map((size, axis) => slide(size, window?.[axis], ceilMode(step.node)))
  const shape = [input[0], input[1], ...out]
  return [facts(step.input(0).elemType, shape), facts(dataType.int64, shape)]
}

const globalPool: ShapeRule = (step) => {
  const input = step.shape(0)
  if (input === undefined) return undefined
  return [
    facts(
      step.input(0).elemType,
      input.map((size, axis) => (axis < 2 ? size : 1)),
    ),
  ]
}

const gemm: ShapeRule = (step) => product2d(step, 0, 1)
const quantisedGemm: ShapeRule = (step) => product2d(step, 0, 3)

function product2d(step: ShapeStep, left: number, right: number) {
  const a = step.shape(left)
  const b = step.shape(right)
  if (a?.length !== 2 || b?.length !== 2) return undefined
  const rows = a[intAttribute(step.node, 'transA', 0)]
  const columns = b[1 - intAttribute(step.node, 'transB', 0)]
  return [facts(step.input(0).elemType, [rows, columns])]
}

const matrixProduct =
  (rightAt: number): ShapeRule =>
  (step) => {
    const a = step.shape(0)
    const b = step.shape(rightAt)
    if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return undefined
    const batch = broadcast([a.slice(0, -2), b.slice(0, -2)])
    if (batch === undefined) return undefined
    const rows = a.length > 1 ? [a.at(-2)] : []
    const columns = b.length > 1 ? [b.at(-1)] : []
    return [facts(step.input(0).elemType, [...batch, ...rows, ...columns])]
  }

export const spatialRules: ShapeRules = {
  Conv: convolution(1),
  QLinearConv: convolution(3),
  ConvTranspose: transposedConvolution,
  MaxPool: pool,
  AveragePool: pool,
  LpPool: pool,
  QLinearAveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  GlobalLpPool: globalPool,
  QLinearGlobalAveragePool: globalPool,
  Gemm: gemm,
  QGemm: quantisedGemm,
  MatMul: matrixProduct(1),
  QLinearMatMul: matrixProduct(3),
}
