// Gradients of operators that only pick elements: each element's gradient goes back to its origin.
import { dataType } from '../model.ts'
import type { BackwardStep } from './backward-step.ts'

/**
 * Adds elements up at flat positions. Several may name one position (overlapping windows, repeated
 * indices): their sum is the gradient, the last of them alone would be wrong.
 *
 * @param positions int64, any shape: index into the flattened input
 * @param gradient as many elements as `positions`
 * @param input gives the shape of the result
 * @param repeats false when no position can occur twice, which is quicker
 */
export function scatterAdd(
  step: BackwardStep,
  positions: string,
  gradient: string,
  input: string,
  repeats = true,
): string {
  const flat = step.int64s([-1])
  const count = step.emit('Reshape', [step.emit('Size', [input]), step.int64s([1])])
  const zeros = step.emit('ConstantOfShape', [count])
  const scattered = step.emit(
    'ScatterElements',
    [zeros, step.emit('Reshape', [positions, flat]), step.emit('Reshape', [gradient, flat])],
    { axis: 0, ...(repeats ? { reduction: 'add' } : {}) },
  )
  return step.reshapeLike(scattered, input)
}

/**
 * The gradient of any operator that copies elements of its first input: the operator is applied to
 * the elements' flat positions, which tells where each output came from.
 */
export function followedBack(step: BackwardStep, applyTo: (positions: string) => string): string {
  const input = step.input(0)
  const zero = step.context.graph.constant('backward/zero', dataType.int64, [], new Uint8Array(8))
  const one = step.emit('Reshape', [step.int64s([1]), step.int64s([])])
  const range = step.emit('Range', [zero, step.emit('Size', [input]), one])
  const origins = applyTo(step.reshapeLike(range, input))
  return scatterAdd(step, origins, step.cotangent, input)
}
