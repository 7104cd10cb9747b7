// Encodes and decodes ONNX models by tables of their messages' fields.
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import {
  type Field,
  graphFields,
  type Kind,
  type Message,
  modelFields,
  type Scalar,
} from './codec-fields.ts'
import type { Model, Tensor } from './model.ts'
import { ModelFormatError } from './model-format-error.ts'
import { Bytes, readTensor, writeTensor } from './tensor-codec.ts'

/**
 * Bounds on what a file can make the reader build: a message of two bytes becomes an object of
 * hundreds, and graphs lie in graphs. The largest networks have tens of thousands of messages.
 */
const mostMessages = 2_000_000
const deepestGraph = 32

/** Serialises a model to the bytes of an `.onnx` file. */
export const encodeModel = (value: Model): Uint8Array =>
  writeMessage(
    value as unknown as Record<string, unknown>,
    modelFields,
    new BinaryWriter(),
  ).finish()

/**
 * Parses the bytes of an `.onnx` file. Numbers of constants become raw bytes; fields that Latent has
 * no use for are kept as they are. Large constants stay views of `bytes`.
 *
 * @throws ModelFormatError on malformed or truncated protobuf, on numbers that lie in another file
 *   or do not fit their tensor's shape, and on files that would grow out of all proportion
 */
export const decodeModel = (bytes: Uint8Array): Model => {
  // A Buffer would hand on its own kind to every constant.
  const decoder = new Decoder(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  try {
    // The tables above name exactly the properties of Model, so the result has its shape.
    return decoder.message(bytes.byteLength, modelFields, 0) as unknown as Model
  } catch (error) {
    if (error instanceof ModelFormatError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ModelFormatError(`Expected an ONNX model but the file is broken: ${reason}`)
  }
}

function writeMessage(
  value: Record<string, unknown>,
  message: Message,
  writer: BinaryWriter,
): BinaryWriter {
  for (const [number, { key, kind, repeated }] of message) {
    const content = value[key]
    if (content === undefined) continue
    for (const item of repeated ? (content as unknown[]) : [content]) {
      if (!repeated && isDefault(item)) continue
      if (isScalar(kind)) {
        writer.tag(number, wireType(kind))
        writeScalar(writer, kind, item)
        continue
      }
      writer.tag(number, WireType.LengthDelimited).fork()
      if (kind === 'tensor') writeTensor(writer, item as Tensor)
      else
        writeMessage(item as Record<string, unknown>, kind === 'graph' ? graphFields : kind, writer)
      writer.join()
    }
  }
  if (value.unknown instanceof Uint8Array) writer.raw(value.unknown)
  return writer
}

const isScalar = (kind: Kind): kind is Scalar =>
  typeof kind === 'string' && kind !== 'tensor' && kind !== 'graph'

const isDefault = (item: unknown): boolean =>
  item === 0 || item === '' || (item instanceof Uint8Array && item.byteLength === 0)

function wireType(kind: Scalar): WireType {
  if (kind === 'float') return WireType.Bit32
  return kind === 'int64' || kind === 'int32' ? WireType.Varint : WireType.LengthDelimited
}

function writeScalar(writer: BinaryWriter, kind: Scalar, item: unknown): void {
  if (kind === 'string') writer.string(item as string)
  else if (kind === 'bytes') writer.bytes(item as Uint8Array)
  else if (kind === 'float') writer.float(item as number)
  else if (kind === 'int32') writer.int32(item as number)
  else writer.int64(asInt64(item as number))
}

/** The largest int64 ("to the end") is no JavaScript number: its neighbour is one too large. */
function asInt64(value: number): bigint | number {
  if (Number.isSafeInteger(value)) return value
  const exact = BigInt(value)
  return BigInt.asIntN(64, exact) === exact ? exact : exact > 0n ? 2n ** 63n - 1n : -(2n ** 63n)
}

class Decoder {
  private readonly reader: BinaryReader
  private messages = 0

  constructor(private readonly file: Uint8Array) {
    this.reader = new BinaryReader(file)
  }

  /** @param depth graphs around this message */
  message(end: number, fields: Message, depth: number): Record<string, unknown> {
    if (++this.messages > mostMessages) {
      throw new ModelFormatError(`Expected at most ${mostMessages} messages in the file`)
    }
    const value = emptyMessage(fields)
    const unknown = new Bytes()
    while (this.reader.pos < end) {
      const start = this.reader.pos
      const [number, type] = this.reader.tag()
      const field = fields.get(number)
      if (field === undefined) {
        this.reader.skip(type, number)
        unknown.add(this.file.subarray(start, this.reader.pos))
      } else this.field(value, field, type, end, depth)
    }
    if (this.reader.pos !== end) throw new ModelFormatError('Expected a message inside its bounds')
    if (unknown.length > 0) value.unknown = unknown.bytes
    return value
  }

  private field(
    value: Record<string, unknown>,
    { key, kind, repeated }: Field,
    type: WireType,
    end: number,
    depth: number,
  ): void {
    const { reader } = this
    if (isScalar(kind) && repeated && isPacked(kind, type)) {
      const packedEnd = reader.uint32() + reader.pos
      if (packedEnd > end) throw new ModelFormatError('Expected a list inside its message')
      while (reader.pos < packedEnd) listOf(value, key).push(readScalar(reader, kind))
      return
    }
    const item = isScalar(kind) ? readScalar(reader, kind) : this.nested(kind, end, depth)
    if (repeated) listOf(value, key).push(item)
    else value[key] = item
  }

  private nested(kind: Exclude<Kind, Scalar>, parentEnd: number, depth: number): unknown {
    const length = this.reader.uint32()
    const end = this.reader.pos + length
    if (end > parentEnd) throw new ModelFormatError('Expected a message inside its parent')
    if (kind === 'tensor') {
      this.messages++
      return readTensor(this.file, this.reader, end)
    }
    if (kind !== 'graph') return this.message(end, kind, depth)
    if (depth >= deepestGraph) {
      throw new ModelFormatError(`Expected at most ${deepestGraph} graphs inside one another`)
    }
    return this.message(end, graphFields, depth + 1)
  }
}

const isPacked = (kind: Scalar, type: WireType): boolean =>
  type === WireType.LengthDelimited && kind !== 'string' && kind !== 'bytes'

function listOf(value: Record<string, unknown>, key: string): unknown[] {
  const known = value[key]
  if (Array.isArray(known)) return known
  const list: unknown[] = []
  value[key] = list
  return list
}

const noBytes = new Uint8Array()

/** Every scalar at its proto default, every list empty; single messages stay absent. */
function emptyMessage(message: Message): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const { key, kind, repeated, optional } of message.values()) {
    if (optional) continue
    if (repeated) value[key] = []
    else if (kind === 'string') value[key] = ''
    else if (kind === 'bytes') value[key] = noBytes
    else if (isScalar(kind)) value[key] = 0
  }
  return value
}

function readScalar(reader: BinaryReader, kind: Scalar): unknown {
  if (kind === 'string') return reader.string()
  if (kind === 'bytes') return reader.bytes()
  if (kind === 'float') return reader.float()
  return kind === 'int32' ? reader.int32() : Number(reader.int64())
}
