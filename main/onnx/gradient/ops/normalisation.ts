// Gradients of normalisations and of the softmax.
import { floatAttribute, intAttribute } from '../../attributes.ts'
import { positiveAxis } from '../../shapes/shape.ts'
import type { BackwardStep, GradientRules } from '../backward-step.ts'

/** Inference: every channel is scaled by scale / √(variance + epsilon). */
function batchNormalization(step: BackwardStep): readonly [string] {
  step.only(0)
  if (intAttribute(step.node, 'training_mode', 0) !== 0) {
    step.fail('unsupported-op', 'Expected the inference form')
  }
  const epsilon = step.scalar(floatAttribute(step.node, 'epsilon', 1e-5))
  const deviation = step.emit('Sqrt', [step.emit('Add', [step.input(4), epsilon])])
  const factor = step.emit('Div', [step.input(1), deviation])
  const dims = step.shape(step.input(0)).map((_, axis) => (axis === 1 ? -1 : 1))
  const perChannel = step.emit('Reshape', [factor, step.int64s(dims)])
  return [step.emit('Mul', [step.cotangent, perChannel])]
}

/**
 * y = x b^-beta with b = bias + alpha/size Σ x² over neighbouring channels (Krizhevsky et al. 2012).
 * dx = g b^-beta - 2 alpha beta/size x Σ g y / b, over the channels whose window holds this one.
 * The sums are average pools down the channel axis, [N, 1, C, H * W].
 */
function localResponse(step: BackwardStep): readonly [string] {
  const x = step.input(0)
  const size = intAttribute(step.node, 'size', 1)
  const alpha = floatAttribute(step.node, 'alpha', 1e-4)
  const beta = floatAttribute(step.node, 'beta', 0.75)
  const before = Math.floor((size - 1) / 2)
  const columns = step.int64s([0, 1, step.size(x, 1), -1])
  const average = (value: string, begin: number): string => {
    const pooled = step.emit('AveragePool', [step.emit('Reshape', [value, columns])], {
      kernel_shape: [size, 1],
      pads: [begin, 0, size - 1 - begin, 0],
      count_include_pad: 1,
    })
    return step.reshapeLike(pooled, x)
  }
  const energy = step.times(average(step.emit('Mul', [x, x]), before), alpha)
  const base = step.emit('Add', [energy, step.scalar(floatAttribute(step.node, 'bias', 1))])
  const power = step.emit('Pow', [base, step.scalar(-beta)])
  const direct = step.emit('Mul', [step.cotangent, power])
  const weighted = step.emit('Mul', [step.cotangent, step.emit('Div', [step.output(), base])])
  // The window is mirrored: who has me as a neighbour.
  const shared = average(weighted, size - 1 - before)
  const indirect = step.times(step.emit('Mul', [x, shared]), 2 * alpha * beta)
  return [step.emit('Sub', [direct, indirect])]
}

/** y (g - Σ g y) over the axis. */
function softmax(step: BackwardStep): readonly [string] {
  const axis = softmaxAxis(step)
  const product = step.emit('Mul', [step.cotangent, step.output()])
  const mean = step.sum(product, [axis], 1)
  return [step.emit('Mul', [step.output(), step.emit('Sub', [step.cotangent, mean])])]
}

/** g - softmax Σ g over the axis. */
function logSoftmax(step: BackwardStep): readonly [string] {
  const total = step.sum(step.cotangent, [softmaxAxis(step)], 1)
  const share = step.emit('Mul', [step.emit('Exp', [step.output()]), total])
  return [step.emit('Sub', [step.cotangent, share])]
}

const softmaxAxis = (step: BackwardStep): number =>
  positiveAxis(intAttribute(step.node, 'axis', -1), step.shape(step.input(0)).length)

export const normalisationRules: GradientRules = {
  BatchNormalization: batchNormalization,
  LRN: localResponse,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
}
