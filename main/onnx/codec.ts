// Encodes and decodes ONNX protobuf messages by tables of their fields.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Model } from './model.ts'

type Scalar = 'string' | 'bytes' | 'int64' | 'int32' | 'float'

interface Field {
  readonly key: string
  readonly kind: Scalar | Message
  readonly repeated: boolean
}

/** Fields by number. */
type Message = ReadonlyMap<number, Field>

const one = (key: string, kind: Scalar | Message): Field => ({ key, kind, repeated: false })
const many = (key: string, kind: Scalar | Message): Field => ({ key, kind, repeated: true })

const tensor: Message = new Map([
  [1, many('dims', 'int64')],
  [2, one('dataType', 'int32')],
  [8, one('name', 'string')],
  [9, one('rawData', 'bytes')],
])

const attribute: Message = new Map([
  [1, one('name', 'string')],
  [2, one('f', 'float')],
  [3, one('i', 'int64')],
  [4, one('s', 'bytes')],
  [5, one('t', tensor)],
  [7, many('floats', 'float')],
  [8, many('ints', 'int64')],
  [20, one('type', 'int32')],
])

const node: Message = new Map([
  [1, many('inputs', 'string')],
  [2, many('outputs', 'string')],
  [3, one('name', 'string')],
  [4, one('opType', 'string')],
  [5, many('attributes', attribute)],
  [7, one('domain', 'string')],
])

const dim: Message = new Map([
  [1, one('value', 'int64')],
  [2, one('param', 'string')],
])
const shape: Message = new Map([[1, many('dims', dim)]])
const tensorTypeProto: Message = new Map<number, Field>([
  [1, one('elemType', 'int32')],
  [2, one('shape', shape)],
])
const valueInfo: Message = new Map<number, Field>([
  [1, one('name', 'string')],
  [2, one('type', new Map([[1, one('tensor', tensorTypeProto)]]))],
])

const graph: Message = new Map([
  [1, many('nodes', node)],
  [2, one('name', 'string')],
  [5, many('initializers', tensor)],
  [11, many('inputs', valueInfo)],
  [12, many('outputs', valueInfo)],
  [13, many('valueInfos', valueInfo)],
])

const opset: Message = new Map([
  [1, one('domain', 'string')],
  [2, one('version', 'int64')],
])
const metadata: Message = new Map([
  [1, one('key', 'string')],
  [2, one('value', 'string')],
])

const model: Message = new Map<number, Field>([
  [1, one('irVersion', 'int64')],
  [2, one('producerName', 'string')],
  [3, one('producerVersion', 'string')],
  [7, one('graph', graph)],
  [8, many('opsets', opset)],
  [14, many('metadata', metadata)],
])

/** Serialises a model to the bytes of an `.onnx` file. */
export const encodeModel = (value: Model): Uint8Array =>
  writeMessage(value as unknown as Record<string, unknown>, model, new BinaryWriter()).finish()

/**
 * Parses the bytes of an `.onnx` file. Fields that Latent does not use are dropped.
 *
 * @throws Error on malformed or truncated protobuf.
 */
export const decodeModel = (bytes: Uint8Array): Model => {
  const reader = new BinaryReader(bytes)
  // The tables above name exactly the properties of Model, so the result has its shape.
  return readMessage(reader, bytes.byteLength, model) as unknown as Model
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
      if (typeof kind !== 'string') {
        writer.tag(number, WireType.LengthDelimited).fork()
        writeMessage(item as Record<string, unknown>, kind, writer).join()
      } else {
        writer.tag(number, wireType(kind))
        writeScalar(writer, kind, item)
      }
    }
  }
  return writer
}

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
  else writer.int64(item as number)
}

function readMessage(reader: BinaryReader, end: number, message: Message): Record<string, unknown> {
  const value = emptyMessage(message)
  while (reader.pos < end) {
    const [number, type] = reader.tag()
    const field = message.get(number)
    if (field === undefined) {
      reader.skip(type, number)
      continue
    }
    const { key, kind, repeated } = field
    if (typeof kind !== 'string') {
      const length = reader.uint32()
      const item = readMessage(reader, reader.pos + length, kind)
      if (repeated) (value[key] as unknown[]).push(item)
      else value[key] = item
    } else if (!repeated) {
      value[key] = readScalar(reader, kind)
    } else if (type === WireType.LengthDelimited && kind !== 'string' && kind !== 'bytes') {
      const packedEnd = reader.uint32() + reader.pos
      while (reader.pos < packedEnd) (value[key] as unknown[]).push(readScalar(reader, kind))
    } else {
      ;(value[key] as unknown[]).push(readScalar(reader, kind))
    }
  }
  if (reader.pos !== end) throw new Error('Expected a message inside its bounds')
  return value
}

/** Every scalar at its proto default, every list empty; single messages stay absent. */
function emptyMessage(message: Message): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const { key, kind, repeated } of message.values()) {
    if (repeated) value[key] = []
    else if (kind === 'string') value[key] = ''
    else if (kind === 'bytes') value[key] = new Uint8Array()
    else if (typeof kind === 'string') value[key] = 0
  }
  return value
}

function readScalar(reader: BinaryReader, kind: Scalar): unknown {
  if (kind === 'string') return reader.string()
  if (kind === 'bytes') return reader.bytes()
  if (kind === 'float') return reader.float()
  return kind === 'int32' ? reader.int32() : Number(reader.int64())
}
