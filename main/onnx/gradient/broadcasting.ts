// Undoes broadcasting: an input that was repeated gets the sum of its copies' gradients.
import type { BackwardStep } from './backward-step.ts'

/**
 * @param gradient shaped as the node's first output
 * @param input an input of the node, broadcast to that shape
 * @returns the gradient, shaped as the input
 */
export function sumToInput(step: BackwardStep, gradient: string, input: string): string {
  const from = step.shape(input)
  const to = step.shape(step.output())
  const lead = to.length - from.length
  const axes: number[] = []
  to.forEach((size, axis) => {
    const own = axis < lead ? 1 : from[axis - lead]
    if (own === undefined && size !== 1) {
      step.fail('unknown-shape', `Expected a known length of axis ${axis - lead} of ${input}`)
    }
    if (own === 1 && size !== 1) axes.push(axis)
  })
  const summed = step.sum(gradient, axes, 1)
  return lead > 0 ? step.reshapeLike(summed, input) : summed
}
