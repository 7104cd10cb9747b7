// The sliding windows of convolutions and pools: their geometry, resolved from attributes.
import { intAttribute, intsAttribute, stringAttribute } from '../attributes.ts'
import type { Node } from '../model.ts'
import type { Shape, Size } from './shape.ts'

/** One spatial axis of a sliding window. */
export interface WindowAxis {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padBegin: number
  readonly padEnd: number
}

/** Input positions from a window's first to its last element. */
export const spanOf = ({ kernel, dilation }: Pick<WindowAxis, 'kernel' | 'dilation'>): number =>
  (kernel - 1) * dilation + 1

/**
 * Resolves kernel_shape, strides, dilations, pads and auto_pad of a Conv or pooling node.
 *
 * @param kernel lengths where the attribute kernel_shape is absent (a Conv's weights have them)
 * @param spatial input lengths; auto_pad SAME needs them
 * @returns undefined where they cannot be known
 */
export function windowOf(
  node: Node,
  kernel: readonly number[] | undefined,
  spatial: Shape,
): readonly WindowAxis[] | undefined {
  const lengths = intsAttribute(node, 'kernel_shape') ?? kernel
  if (lengths === undefined || lengths.length !== spatial.length) return undefined
  const strides = intsAttribute(node, 'strides')
  const dilations = intsAttribute(node, 'dilations')
  const pads = intsAttribute(node, 'pads')
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET')
  const axes: WindowAxis[] = []
  for (const [axis, length] of lengths.entries()) {
    const stride = strides?.[axis] ?? 1
    const dilation = dilations?.[axis] ?? 1
    const base = { kernel: length, stride, dilation }
    if (autoPad === 'SAME_UPPER' || autoPad === 'SAME_LOWER') {
      const size = spatial[axis]
      if (typeof size !== 'number') return undefined
      axes.push({ ...base, ...samePads(size, base, autoPad === 'SAME_UPPER') })
    } else {
      const explicit = autoPad === 'VALID' ? undefined : pads
      axes.push({
        ...base,
        padBegin: explicit?.[axis] ?? 0,
        padEnd: explicit?.[axis + lengths.length] ?? 0,
      })
    }
  }
  return axes.every(({ kernel: k, stride, dilation }) => k > 0 && stride > 0 && dilation > 0)
    ? axes
    : undefined
}

/** The odd pixel goes to the end (UPPER) or to the beginning (LOWER). */
function samePads(
  size: number,
  window: Pick<WindowAxis, 'kernel' | 'stride' | 'dilation'>,
  upper: boolean,
): { padBegin: number; padEnd: number } {
  const outputs = Math.ceil(size / window.stride)
  const total = Math.max((outputs - 1) * window.stride + spanOf(window) - size, 0)
  const small = Math.floor(total / 2)
  return upper
    ? { padBegin: small, padEnd: total - small }
    : { padBegin: total - small, padEnd: small }
}

/**
 * Output length of one axis. With ceil_mode a last window that would start in the padding at the
 * end is dropped, as onnxruntime does.
 */
export function slidOver(size: Size, axis: WindowAxis, ceilMode: boolean): Size {
  if (typeof size !== 'number') return undefined
  const room = size + axis.padBegin + axis.padEnd - spanOf(axis)
  if (room < 0) return undefined
  if (!ceilMode) return Math.floor(room / axis.stride) + 1
  const count = Math.ceil(room / axis.stride) + 1
  return (count - 1) * axis.stride >= size + axis.padBegin ? count - 1 : count
}

export const ceilMode = (node: Node): boolean => intAttribute(node, 'ceil_mode', 0) === 1

/** Geometry of a ConvTranspose: its window and the length it makes of each axis. */
export interface TransposedWindow {
  readonly axes: readonly WindowAxis[]
  readonly outputs: readonly number[]
}

/**
 * Resolves the attributes of a ConvTranspose.
 * Source: https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
 */
export function transposedWindowOf(
  node: Node,
  kernel: readonly number[] | undefined,
  spatial: Shape,
): TransposedWindow | undefined {
  const lengths = intsAttribute(node, 'kernel_shape') ?? kernel
  if (lengths === undefined || lengths.length !== spatial.length) return undefined
  const autoPad = stringAttribute(node, 'auto_pad', 'NOTSET')
  const wanted = intsAttribute(node, 'output_shape')
  const extra = intsAttribute(node, 'output_padding')
  const pads = autoPad === 'NOTSET' ? intsAttribute(node, 'pads') : undefined
  const axes: WindowAxis[] = []
  const outputs: number[] = []
  for (const [axis, length] of lengths.entries()) {
    const size = spatial[axis]
    if (typeof size !== 'number') return undefined
    const stride = intsAttribute(node, 'strides')?.[axis] ?? 1
    const dilation = intsAttribute(node, 'dilations')?.[axis] ?? 1
    const base = { kernel: length, stride, dilation }
    const full = (size - 1) * stride + (extra?.[axis] ?? 0) + spanOf(base)
    const same = autoPad === 'SAME_UPPER' || autoPad === 'SAME_LOWER'
    const target = wanted?.[wanted.length - lengths.length + axis] ?? (same ? size * stride : 0)
    let padBegin = pads?.[axis] ?? 0
    let padEnd = pads?.[axis + lengths.length] ?? 0
    if (target > 0) {
      const total = Math.max(full - target, 0)
      const half = Math.floor(total / 2)
      padBegin = autoPad === 'SAME_UPPER' ? half : total - half
      padEnd = total - padBegin
    }
    axes.push({ ...base, padBegin, padEnd })
    outputs.push(full - padBegin - padEnd)
  }
  return { axes, outputs }
}
