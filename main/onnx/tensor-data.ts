// The elements of a constant as numbers.
import { dataType, type Tensor } from './model.ts'

/** Bytes of one element; undefined for types that are not whole bytes (strings, int4). */
export const elementBytes: ReadonlyMap<number, number> = new Map([
  [dataType.float, 4],
  [dataType.uint8, 1],
  [dataType.int8, 1],
  [dataType.uint16, 2],
  [dataType.int16, 2],
  [dataType.int32, 4],
  [dataType.int64, 8],
  [dataType.bool, 1],
  [dataType.float16, 2],
  [dataType.double, 8],
  [dataType.uint32, 4],
  [dataType.uint64, 8],
  [dataType.bfloat16, 2],
])

export const elementCount = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1)

/**
 * Elements of a tensor in row-major order. 64-bit integers beyond 2^53 lose their last digits.
 *
 * @throws RangeError for element types that are no numbers
 */
export function numbersOf(tensor: Tensor): Float32Array | Float64Array {
  const bytes = elementBytes.get(tensor.dataType)
  if (bytes === undefined) {
    throw new RangeError(`Expected numbers in ${tensor.name} but its type is ${tensor.dataType}`)
  }
  const count = Math.floor(tensor.rawData.byteLength / bytes)
  // A copy lies aligned, whatever the file's layout was.
  const { buffer } = new Uint8Array(tensor.rawData)
  if (tensor.dataType === dataType.float) return new Float32Array(buffer, 0, count)
  const view = new DataView(buffer)
  const read = readers[tensor.dataType]
  return Float64Array.from({ length: count }, (_, i) => read?.(view, i * bytes) ?? 0)
}

const readers: Readonly<Record<number, (view: DataView, at: number) => number>> = {
  [dataType.uint8]: (view, at) => view.getUint8(at),
  [dataType.bool]: (view, at) => view.getUint8(at),
  [dataType.int8]: (view, at) => view.getInt8(at),
  [dataType.uint16]: (view, at) => view.getUint16(at, true),
  [dataType.int16]: (view, at) => view.getInt16(at, true),
  [dataType.int32]: (view, at) => view.getInt32(at, true),
  [dataType.uint32]: (view, at) => view.getUint32(at, true),
  [dataType.int64]: (view, at) => Number(view.getBigInt64(at, true)),
  [dataType.uint64]: (view, at) => Number(view.getBigUint64(at, true)),
  [dataType.double]: (view, at) => view.getFloat64(at, true),
  [dataType.float16]: (view, at) => halfToNumber(view.getUint16(at, true)),
  [dataType.bfloat16]: (view, at) => bfloatToNumber(view.getUint16(at, true)),
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const bfloatToNumber = (bits: number): number => {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, bits << 16)
  return view.getFloat32(0)
}
