// Reorders constants from TensorFlow's channel-last layouts to ONNX's channel-first ones.

/**
 * Transposes a row-major tensor.
 *
 * @param data elements of `elementBytes` bytes each
 * @param shape sizes before the transpose
 * @param order output axis i is input axis order[i]
 * @returns elements in the new order, shape `order.map((axis) => shape[axis])`
 */
export function transpose(
  data: Uint8Array,
  elementBytes: number,
  shape: readonly number[],
  order: readonly number[],
): Uint8Array {
  const at = (list: readonly number[], i: number): number => {
    const value = list[i]
    if (value === undefined) throw new RangeError(`Expected an axis below ${list.length}, not ${i}`)
    return value
  }
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((a, b) => a * b, elementBytes),
  )
  const outShape = order.map((axis) => at(shape, axis))
  const outStrides = order.map((axis) => at(strides, axis))
  const total = shape.reduce((a, b) => a * b, elementBytes)
  if (data.byteLength !== total) {
    throw new RangeError(`Expected ${total} bytes of weights but received ${data.byteLength}`)
  }
  const out = new Uint8Array(total)
  const index = outShape.map(() => 0)
  let source = 0
  for (let target = 0; target < total; target += elementBytes) {
    for (let byte = 0; byte < elementBytes; byte++) out[target + byte] = data[source + byte] ?? 0
    for (let axis = outShape.length - 1; axis >= 0; axis--) {
      const next = at(index, axis) + 1
      source += at(outStrides, axis)
      if (next < at(outShape, axis)) {
        index[axis] = next
        break
      }
      source -= at(outStrides, axis) * next
      index[axis] = 0
    }
  }
  return out
}

/** Where axis i of an NHWC tensor lies in NCHW; other ranks keep their axes. */
export const channelFirstAxis = (axis: number, rank: number): number => {
  const positive = axis < 0 ? axis + rank : axis
  return rank === 4 ? ([0, 2, 3, 1][positive] ?? positive) : positive
}

/**
 * Padding of one spatial axis as TensorFlow's SAME places it: the odd pixel goes to the end.
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
export function samePadding(
  inputSize: number,
  kernelSize: number,
  stride: number,
  dilation: number,
): readonly [begin: number, end: number] {
  const outputSize = Math.ceil(inputSize / stride)
  const span = (kernelSize - 1) * dilation + 1
  const total = Math.max((outputSize - 1) * stride + span - inputSize, 0)
  return [Math.floor(total / 2), total - Math.floor(total / 2)]
}
