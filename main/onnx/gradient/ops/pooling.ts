// Gradients of pools.
import { intAttribute } from '../../attributes.ts'
import { spanOf, type WindowAxis, windowOf } from '../../shapes/window.ts'
import type { BackwardStep, GradientRules } from '../backward-step.ts'
import { scatterAdd } from '../scatter.ts'
import { spreadPads } from './convolution.ts'

const axesOf = (step: BackwardStep): readonly WindowAxis[] =>
  windowOf(step.node, undefined, step.shape(step.input(0)).slice(2)) ??
  step.fail('unknown-shape', `Expected a known shape of ${step.input(0)}`)

/**
 * Each window's gradient goes to the element that won it. Windows that overlap may share a winner,
 * whose gradients add up. Measured on [1, 96, 111, 111], 3 x 3 windows, stride 2, one thread, with
 * the forward pool: 10.5 ms; comparing each place of the windows with their maximum, the other form
 * that treats ties alike, 14.5 ms.
 */
function maxPool(step: BackwardStep): readonly [string] {
  if (intAttribute(step.node, 'storage_order', 0) !== 0) {
    step.fail('unsupported-op', 'Expected row-major indices')
  }
  const winners = step.context.graph.secondOutput(step.node, 'backward/winners')
  const overlaps = axesOf(step).some((axis) => axis.stride < spanOf(axis))
  return [scatterAdd(step, winners, step.cotangent, step.input(0), overlaps)]
}

/** Each window's gradient is spread evenly over what it averaged. */
function averagePool(step: BackwardStep): readonly [string] {
  const axes = axesOf(step)
  const counts = axes.map((axis, i) => elementsPerWindow(step, axis, i))
  if (axes.every((_, i) => isWhole(step, axes, i))) {
    return [
      spreadOverAll(
        step,
        counts.reduce((product, [count = 1]) => product * count, 1),
      ),
    ]
  }
  if (axes.every(({ stride, dilation }) => stride === 1 && dilation === 1)) {
    return [averagedBack(step, axes, counts)]
  }
  const channels = step.size(step.input(0), 1)
  const kernel = axes.map((axis) => axis.kernel)
  const area = kernel.reduce((a, b) => a * b, 1)
  const ones = new Array<number>(channels * area).fill(1)
  const gradient = step.emit(
    'ConvTranspose',
    [weighted(step, counts, 1), step.floats(ones, [channels, 1, ...kernel])],
    {
      kernel_shape: kernel,
      strides: axes.map(({ stride }) => stride),
      dilations: axes.map(({ dilation }) => dilation),
      ...spreadPads(step, axes),
      group: channels,
    },
  )
  return [gradient]
}

/** Stride 1: summing over the windows that hold a position is a pool itself. */
function averagedBack(
  step: BackwardStep,
  axes: readonly WindowAxis[],
  counts: readonly (readonly number[])[],
): string {
  const area = axes.reduce((product, { kernel }) => product * kernel, 1)
  return step.emit('AveragePool', [weighted(step, counts, area)], {
    kernel_shape: axes.map(({ kernel }) => kernel),
    pads: [
      ...axes.map(({ kernel, padBegin }) => kernel - 1 - padBegin),
      ...axes.map(({ padBegin }, i) => {
        const inputs = step.size(step.input(0), i + 2)
        const outputs = step.size(step.output(), i + 2)
        return inputs + padBegin - outputs
      }),
    ],
    count_include_pad: 1,
  })
}

/** The cotangent over the number of elements in each window, times a factor. */
function weighted(
  step: BackwardStep,
  counts: readonly (readonly number[])[],
  factor: number,
): string {
  const weights = counts.reduce<readonly number[]>(
    (rows, counted) => rows.flatMap((row) => counted.map((count) => row / Math.max(count, 1))),
    [factor],
  )
  const [first = 1] = weights
  if (weights.every((weight) => weight === first)) return step.times(step.cotangent, first)
  const dims = [1, 1, ...counts.map(({ length }) => length)]
  return step.emit('Mul', [step.cotangent, step.floats(weights, dims)])
}

/** How many elements of one axis each window counts. */
function elementsPerWindow(step: BackwardStep, axis: WindowAxis, i: number): readonly number[] {
  const inputs = step.size(step.input(0), i + 2)
  const outputs = step.size(step.output(), i + 2)
  const countsPadding = intAttribute(step.node, 'count_include_pad', 0) === 1
  const low = countsPadding ? -axis.padBegin : 0
  const high = countsPadding ? inputs + axis.padEnd : inputs
  return Array.from({ length: outputs }, (_, position) => {
    const start = position * axis.stride - axis.padBegin
    const elements = Array.from({ length: axis.kernel }, (__, k) => start + k * axis.dilation)
    return elements.filter((at) => at >= low && at < high).length
  })
}

/** One window that holds the whole axis. */
const isWhole = (step: BackwardStep, axes: readonly WindowAxis[], i: number): boolean => {
  const axis = axes[i]
  return (
    axis !== undefined &&
    axis.dilation === 1 &&
    step.size(step.output(), i + 2) === 1 &&
    axis.padBegin >= 0 &&
    axis.kernel - axis.padBegin >= step.size(step.input(0), i + 2)
  )
}

const spreadOverAll = (step: BackwardStep, count: number): string =>
  step.emit('Expand', [step.times(step.cotangent, 1 / count), step.shapeOf(step.input(0))])

function globalAveragePool(step: BackwardStep): readonly [string] {
  const input = step.input(0)
  const count = step
    .shape(input)
    .slice(2)
    .reduce<number>((product, _, i) => product * step.size(input, i + 2), 1)
  return [spreadOverAll(step, count)]
}

export const poolingRules: GradientRules = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
}
