// Gradients of matrix products.
// Source: Giles, "Collected matrix derivative results for forward and reverse mode AD", 2008.
import { floatAttribute, intAttribute } from '../../attributes.ts'
import type { BackwardStep, GradientRules } from '../backward-step.ts'
import { sumToInput } from '../broadcasting.ts'

/** Y = alpha A' B' + beta C: dA' = alpha G B'ᵀ, dB' = alpha A'ᵀ G, dC = beta G. */
function gemm(step: BackwardStep): readonly (string | undefined)[] {
  const alpha = { float: floatAttribute(step.node, 'alpha', 1) }
  const transA = intAttribute(step.node, 'transA', 0)
  const transB = intAttribute(step.node, 'transB', 0)
  const g = step.cotangent
  const [a, b, c] = [step.input(0), step.input(1), step.input(2)]
  const product = (left: string, right: string, flipLeft: number, flipRight: number) =>
    step.emit('Gemm', [left, right], { alpha, transA: flipLeft, transB: flipRight })
  const ofA = () => (transA === 0 ? product(g, b, 0, 1 - transB) : product(b, g, transB, 1))
  const ofB = () => (transB === 0 ? product(a, g, 1 - transA, 0) : product(g, a, 1, transA))
  const ofC = () => sumToInput(step, step.times(g, floatAttribute(step.node, 'beta', 1)), c)
  return [
    step.wants(0) ? ofA() : undefined,
    step.wants(1) ? ofB() : undefined,
    step.wants(2) ? ofC() : undefined,
  ]
}

/** Y = A B over the last two axes: dA = G Bᵀ, dB = Aᵀ G, summed over broadcast batches. */
function matMul(step: BackwardStep): readonly (string | undefined)[] {
  const [a, b] = [step.input(0), step.input(1)]
  const g = step.cotangent
  if (step.shape(a).length < 2 || step.shape(b).length < 2) {
    step.fail('unsupported-op', 'Expected matrices but received a vector')
  }
  return [
    step.wants(0) ? batchSum(step, step.emit('MatMul', [g, turned(step, b)]), a) : undefined,
    step.wants(1) ? batchSum(step, step.emit('MatMul', [turned(step, a), g]), b) : undefined,
  ]
}

/** The last two axes change places. */
function turned(step: BackwardStep, value: string): string {
  const { length } = step.shape(value)
  const perm = Array.from({ length }, (_, axis) =>
    axis === length - 1 ? length - 2 : axis === length - 2 ? length - 1 : axis,
  )
  return step.emit('Transpose', [value], { perm })
}

/** Sums the batch axes that an input does not have, or has with length 1. */
function batchSum(step: BackwardStep, gradient: string, input: string): string {
  const own = step.shape(input)
  const all = step.shape(step.output())
  const lead = all.length - own.length
  const axes = all.slice(0, -2).flatMap((size, axis) => {
    const length = axis < lead ? 1 : own[axis - lead]
    return length === 1 && size !== 1 ? [axis] : []
  })
  const summed = step.sum(gradient, axes, 1)
  return lead > 0 ? step.reshapeLike(summed, input) : summed
}

export const matrixRules: GradientRules = { Gemm: gemm, MatMul: matMul }
