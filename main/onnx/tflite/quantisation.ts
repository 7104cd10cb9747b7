// Affine quantisation of TensorFlow Lite tensors, in ONNX terms.
// Source: https://ai.google.dev/edge/litert/models/quantization_spec
import { dataType } from '../model.ts'
import { numbersOf } from '../tensor-data.ts'
import type { Quantisation, TfliteTensor, TfliteType } from './schema.ts'

export const onnxTypeOf: Readonly<Record<TfliteType, number>> = {
  float32: dataType.float,
  float16: dataType.float16,
  int32: dataType.int32,
  uint8: dataType.uint8,
  int64: dataType.int64,
  int8: dataType.int8,
}

export const bytesPerElement: Readonly<Record<TfliteType, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint8: 1,
  int64: 8,
  int8: 1,
}

/** Real values at the ends of a quantised activation's range; undefined for a float tensor. */
export function realRange(tensor: TfliteTensor): readonly [min: number, max: number] | undefined {
  const scale = tensor.quantisation?.scales[0]
  if (scale === undefined || (tensor.type !== 'uint8' && tensor.type !== 'int8')) return undefined
  const zeroPoint = tensor.quantisation?.zeroPoints[0] ?? 0
  const [low, high] = tensor.type === 'uint8' ? [0, 255] : [-128, 127]
  return [scale * (low - zeroPoint), scale * (high - zeroPoint)]
}

/** Elements of a constant as numbers, little-endian. */
export function integersOf(
  data: Uint8Array,
  type: TfliteType,
): Int32Array | Int8Array | Uint8Array {
  if (type === 'uint8') return data
  if (type === 'int8') return new Int8Array(data.buffer, data.byteOffset, data.byteLength)
  if (type === 'int32') return new Int32Array(new Uint8Array(data).buffer)
  throw new RangeError(`Expected quantised weights but received ${type}`)
}

/** A constant's real numbers, whatever it is kept as; one scale, or one a slice of its first axis. */
export function realsOf(
  tensor: Pick<TfliteTensor, 'name' | 'type' | 'quantisation'>,
  data: Uint8Array,
  sliceLength: number,
): Float32Array {
  const { name, type, quantisation } = tensor
  if (type === 'float32' || type === 'float16') {
    const rawData = new Uint8Array(data)
    return Float32Array.from(numbersOf({ name, dims: [], dataType: onnxTypeOf[type], rawData }))
  }
  if (quantisation === undefined) throw new Error(`Expected a scale for ${name}`)
  return dequantise(data, type, quantisation, sliceLength)
}

/**
 * Dequantises a constant: scale * (q - zeroPoint).
 *
 * @param sliceLength elements that share one scale in a row when there is one a slice
 */
export function dequantise(
  data: Uint8Array,
  type: TfliteType,
  { scales, zeroPoints }: Quantisation,
  sliceLength: number,
): Float32Array {
  const integers = integersOf(data, type)
  return Float32Array.from(integers, (q, i) => {
    const slice = scales.length === 1 ? 0 : Math.floor(i / sliceLength) % scales.length
    return (scales[slice] ?? 0) * (q - (zeroPoints[slice] ?? 0))
  })
}
