// Gradients of convolutions with respect to their input.
// Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.
import { intAttribute } from '../../attributes.ts'
import { spanOf, transposedWindowOf, type WindowAxis, windowOf } from '../../shapes/window.ts'
import type { BackwardStep, GradientRules } from '../backward-step.ts'

/** All of a weight tensor's spatial lengths. */
function kernelOf(step: BackwardStep): readonly number[] {
  const weights = step.input(1)
  return step
    .shape(weights)
    .slice(2)
    .map((_, axis) => step.size(weights, axis + 2))
}

const geometry = (axes: readonly WindowAxis[]) => ({
  kernel_shape: axes.map(({ kernel }) => kernel),
  strides: axes.map(({ stride }) => stride),
  dilations: axes.map(({ dilation }) => dilation),
})

function convolution(step: BackwardStep): readonly [string] {
  step.only(0)
  const input = step.input(0)
  const axes =
    windowOf(step.node, kernelOf(step), step.shape(input).slice(2)) ??
    step.fail('unknown-shape', `Expected a known shape of ${input} for auto_pad`)
  const dense = axes.every(
    (axis) => axis.stride === 1 && axis.padBegin < spanOf(axis) && axis.padEnd < spanOf(axis),
  )
  return [dense ? mirrored(step, axes) : spread(step, axes)]
}

/**
 * Stride 1: the gradient is a convolution with mirrored weights whose channels changed places, and
 * complementary padding. onnxruntime prepares such weights once, and its Conv is quicker than its
 * ConvTranspose: a gradient step of Inception V3 takes 250 ms of one core against 278, of SqueezeNet
 * 56 against 59, of MobileNet V2 27 against 36.
 */
function mirrored(step: BackwardStep, axes: readonly WindowAxis[]): string {
  const pads = [
    ...axes.map((axis) => spanOf(axis) - 1 - axis.padBegin),
    ...axes.map((axis) => spanOf(axis) - 1 - axis.padEnd),
  ]
  const group = intAttribute(step.node, 'group', 1)
  const weights = swappedChannels(step, flipped(step, step.input(1), axes), group)
  return step.emit('Conv', [step.cotangent, weights], { ...geometry(axes), pads, group })
}

/** Mirrors the spatial axes that are longer than 1. */
function flipped(step: BackwardStep, weights: string, axes: readonly WindowAxis[]): string {
  const long = axes.flatMap(({ kernel }, axis) => (kernel > 1 ? [axis + 2] : []))
  if (long.length === 0) return weights
  const all = (value: number) => step.int64s(long.map(() => value))
  // An end of -1 would mean the last element: anything further back stands for the first.
  return step.emit('Slice', [weights, all(-1), all(-(2 ** 31)), step.int64s(long), all(-1)])
}

/** [groups * out, in, …] to [groups * in, out, …]. */
function swappedChannels(step: BackwardStep, weights: string, groups: number): string {
  const spatial = kernelOf(step)
  const [outAll, inGroup] = [step.size(step.input(1), 0), step.size(step.input(1), 1)]
  const out = outAll / groups
  if (groups === 1) {
    return step.emit('Transpose', [weights], { perm: [1, 0, ...spatial.map((_, i) => i + 2)] })
  }
  if (out === 1 && inGroup === 1) return weights
  const grouped = step.int64s([groups, out, inGroup, ...spatial])
  const apart = step.emit('Reshape', [weights, grouped])
  const perm = [0, 2, 1, ...spatial.map((_, i) => i + 3)]
  const swapped = step.emit('Transpose', [apart], { perm })
  return step.emit('Reshape', [swapped, step.int64s([groups * inGroup, out, ...spatial])])
}

/** Any stride: a transposed convolution with the same weights. */
function spread(step: BackwardStep, axes: readonly WindowAxis[]): string {
  return step.emit('ConvTranspose', [step.cotangent, step.input(1)], {
    ...geometry(axes),
    ...spreadPads(step, axes),
    group: intAttribute(step.node, 'group', 1),
  })
}

/** Pads and output_padding with which a transposed window gives the input's lengths exactly. */
export function spreadPads(
  step: BackwardStep,
  axes: readonly WindowAxis[],
): { pads: readonly number[]; output_padding: readonly number[] } {
  const ends = axes.map((axis, i) => {
    const inputs = step.size(step.input(0), i + 2)
    const outputs = step.size(step.output(), i + 2)
    return (outputs - 1) * axis.stride + spanOf(axis) - axis.padBegin - inputs
  })
  return {
    pads: [...axes.map(({ padBegin }) => padBegin), ...ends.map((end) => Math.max(end, 0))],
    output_padding: ends.map((end) => Math.max(-end, 0)),
  }
}

/** Transposing twice: the gradient is the convolution that was transposed. */
function transposedConvolution(step: BackwardStep): readonly [string] {
  step.only(0)
  const input = step.input(0)
  const window =
    transposedWindowOf(step.node, kernelOf(step), step.shape(input).slice(2)) ??
    step.fail('unknown-shape', `Expected a known shape of ${input}`)
  const pads = [
    ...window.axes.map(({ padBegin }) => padBegin),
    ...window.axes.map((axis, i) => {
      // output_padding made rows that no input reaches: the last window ends before them.
      const reach = (step.size(input, i + 2) - 1) * axis.stride + spanOf(axis)
      return Math.max(reach - axis.padBegin - (window.outputs[i] ?? 0), 0)
    }),
  ]
  const gradient = step.emit('Conv', [step.cotangent, step.input(1)], {
    ...geometry(window.axes),
    pads,
    group: intAttribute(step.node, 'group', 1),
  })
  return [gradient]
}

export const convolutionRules: GradientRules = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
}
