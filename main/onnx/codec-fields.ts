// The fields of ONNX protobuf messages that Latent reads, by number.
// Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

export type Scalar = 'string' | 'bytes' | 'int64' | 'int32' | 'float'
/** A tensor has fields enough for a file of its own; a graph lies in graphs of its own kind. */
export type Kind = Scalar | 'tensor' | 'graph' | Message

export interface Field {
  readonly key: string
  readonly kind: Kind
  readonly repeated: boolean
  /** Left out of the value where the file has none, even of a repeated field. */
  readonly optional: boolean
}

/** Fields by number. */
export type Message = ReadonlyMap<number, Field>

const one = (key: string, kind: Kind): Field => ({ key, kind, repeated: false, optional: false })
const many = (key: string, kind: Kind): Field => ({ key, kind, repeated: true, optional: false })
const some = (key: string, kind: Kind): Field => ({ key, kind, repeated: true, optional: true })

const attribute: Message = new Map<number, Field>([
  [1, one('name', 'string')],
  [2, one('f', 'float')],
  [3, one('i', 'int64')],
  [4, one('s', 'bytes')],
  [5, one('t', 'tensor')],
  [6, one('g', 'graph')],
  [7, many('floats', 'float')],
  [8, many('ints', 'int64')],
  [11, some('graphs', 'graph')],
  [20, one('type', 'int32')],
])

const node: Message = new Map<number, Field>([
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

export const graphFields: Message = new Map<number, Field>([
  [1, many('nodes', node)],
  [2, one('name', 'string')],
  [5, many('initializers', 'tensor')],
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

export const modelFields: Message = new Map<number, Field>([
  [1, one('irVersion', 'int64')],
  [2, one('producerName', 'string')],
  [3, one('producerVersion', 'string')],
  [7, one('graph', 'graph')],
  [8, many('opsets', opset)],
  [14, many('metadata', metadata)],
])
