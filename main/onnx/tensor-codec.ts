// Reads and writes constants: whatever field their numbers lie in, they become raw bytes.
// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, TensorProto
import { type BinaryReader, type BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { dataType, type Tensor } from './model.ts'
import { ModelFormatError } from './model-format-error.ts'
import { elementBytes } from './tensor-data.ts'

const field = {
  ...{ dims: 1, dataType: 2, floats: 4, ints: 5, strings: 6, longs: 7, name: 8, raw: 9 },
  ...{ doubles: 10, unsignedLongs: 11, external: 13, location: 14 },
} as const

/** TensorProto.DataLocation. */
const externalLocation = 1

/**
 * @param file what the reader reads
 * @param end where the message ends
 * @throws ModelFormatError naming a tensor whose numbers lie in another file, or are not as many as
 *   its shape says
 */
export function readTensor(file: Uint8Array, reader: BinaryReader, end: number): Tensor {
  const tensor: Tensor = { name: '', dims: [], dataType: 0, rawData: new Uint8Array() }
  const numbers = { fixed: new Bytes(), ints: new Bytes(), longs: new Bytes() }
  const unknown = new Bytes()
  let external = false
  while (reader.pos < end) {
    const start = reader.pos
    const [number, type] = reader.tag()
    switch (number) {
      case field.dims:
        eachVarint(reader, type, () => tensor.dims.push(Number(reader.int64())))
        break
      case field.dataType:
        tensor.dataType = reader.int32()
        break
      case field.name:
        tensor.name = reader.string()
        break
      case field.raw:
        tensor.rawData = reader.bytes()
        break
      case field.strings:
        tensor.strings = [...(tensor.strings ?? []), reader.bytes()]
        break
      case field.floats:
      case field.doubles:
        // Packed or one by one, these are little-endian already.
        numbers.fixed.add(fixedBytes(file, reader, type, number === field.floats ? 4 : 8))
        break
      case field.ints:
        eachVarint(reader, type, () => numbers.ints.addInt32(reader.int32()))
        break
      case field.longs:
        eachVarint(reader, type, () => numbers.longs.addInt64(BigInt(reader.int64())))
        break
      case field.unsignedLongs:
        eachVarint(reader, type, () => numbers.longs.addInt64(BigInt(reader.uint64())))
        break
      case field.external:
        external = true
        reader.skip(type, number)
        break
      case field.location:
        if (reader.int32() === externalLocation) external = true
        break
      default:
        reader.skip(type, number)
        unknown.add(file.subarray(start, reader.pos))
    }
  }
  if (reader.pos !== end) throw new ModelFormatError('Expected a tensor inside its bounds')
  if (external) {
    throw new ModelFormatError(
      `Expected the numbers of ${tensor.name} in the model but they lie in another file`,
    )
  }
  if (tensor.rawData.byteLength === 0) {
    tensor.rawData = rawForm(tensor, numbers.fixed.bytes, numbers.ints.bytes, numbers.longs.bytes)
  }
  if (unknown.length > 0) tensor.unknown = unknown.bytes
  checkLength(tensor)
  return tensor
}

export function writeTensor(writer: BinaryWriter, tensor: Tensor): void {
  for (const dim of tensor.dims) writer.tag(field.dims, WireType.Varint).int64(dim)
  if (tensor.dataType !== 0) writer.tag(field.dataType, WireType.Varint).int32(tensor.dataType)
  for (const text of tensor.strings ?? []) {
    writer.tag(field.strings, WireType.LengthDelimited).bytes(text)
  }
  if (tensor.name !== '') writer.tag(field.name, WireType.LengthDelimited).string(tensor.name)
  if (tensor.rawData.byteLength > 0) {
    writer.tag(field.raw, WireType.LengthDelimited).bytes(tensor.rawData)
  }
  if (tensor.unknown !== undefined) writer.raw(tensor.unknown)
}

/** One varint, or as many as a packed field holds. */
function eachVarint(reader: BinaryReader, type: WireType, read: () => void): void {
  const end = type === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1
  while (reader.pos < end) read()
}

function fixedBytes(file: Uint8Array, reader: BinaryReader, type: WireType, width: number) {
  if (type === WireType.LengthDelimited) return reader.bytes()
  const start = reader.pos
  reader.skip(type)
  if (reader.pos - start !== width) {
    throw new ModelFormatError('Expected a float of its own width')
  }
  return file.subarray(start, reader.pos)
}

/** Smaller integers and half floats come as int32, one each. */
function rawForm(tensor: Tensor, fixed: Uint8Array, ints: Uint8Array, longs: Uint8Array) {
  switch (tensor.dataType) {
    case dataType.float:
    case dataType.double:
      return fixed
    case dataType.int64:
    case dataType.uint64:
      return longs
    case dataType.uint32:
      return narrowed(longs, 8, 4)
    default:
      return narrowed(ints, 4, elementBytes.get(tensor.dataType) ?? 4)
  }
}

/** The low bytes of each little-endian integer. */
function narrowed(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return bytes
  const count = bytes.byteLength / from
  const out = new Uint8Array(count * to)
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < to; byte++) out[i * to + byte] = bytes[i * from + byte] ?? 0
  }
  return out
}

function checkLength({ name, dims, dataType: type, rawData }: Tensor): void {
  const each = elementBytes.get(type)
  if (each === undefined) return
  const expected = dims.reduce((a, b) => a * b, each)
  const isSize = dims.every((dim) => Number.isSafeInteger(dim) && dim >= 0)
  if (!isSize || expected !== rawData.byteLength) {
    throw new ModelFormatError(
      `Expected [${dims}] of ${each} bytes each in ${name} but received ${rawData.byteLength} bytes`,
    )
  }
}

/** Bytes that grow by doubling. */
export class Bytes {
  private buffer = new Uint8Array(0)
  length = 0

  get bytes(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }

  add(more: Uint8Array): void {
    this.room(more.byteLength)
    this.buffer.set(more, this.length)
    this.length += more.byteLength
  }

  addInt32(value: number): void {
    this.room(4)
    new DataView(this.buffer.buffer).setInt32(this.length, value, true)
    this.length += 4
  }

  addInt64(value: bigint): void {
    this.room(8)
    new DataView(this.buffer.buffer).setBigInt64(this.length, value, true)
    this.length += 8
  }

  private room(more: number): void {
    if (this.length + more <= this.buffer.byteLength) return
    const grown = new Uint8Array(Math.max(this.length + more, this.buffer.byteLength * 2, 64))
    grown.set(this.buffer.subarray(0, this.length))
    this.buffer = grown
  }
}
