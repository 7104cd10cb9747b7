// The ONNX intermediate representation as plain data (onnx.proto, IR version 8).

/** TensorProto.DataType. */
export const dataType = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
} as const

/** Fields that Latent has no use for, as bytes of the file; they are written back as they were. */
interface Extensible {
  unknown?: Uint8Array
}

export interface Tensor extends Extensible {
  name: string
  dims: number[]
  dataType: number
  /** Little-endian elements in row-major order; empty for texts. */
  rawData: Uint8Array
  /** Elements of a tensor of texts, UTF-8. */
  strings?: Uint8Array[]
}

export interface Attribute extends Extensible {
  name: string
  /** AttributeProto.AttributeType, see {@link attributeType}. */
  type: number
  f: number
  i: number
  s: Uint8Array
  t?: Tensor
  /** A graph inside the node (of If, Loop, Scan). */
  g?: Graph
  floats: number[]
  ints: number[]
  graphs?: Graph[]
}

export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const

export interface Node extends Extensible {
  name: string
  opType: string
  domain: string
  /** Value names; an empty one stands for an absent optional input. */
  inputs: string[]
  outputs: string[]
  attributes: Attribute[]
}

/** A fixed size, or the name of a free one ("N"). */
export interface Dim extends Extensible {
  value: number
  param: string
}

export interface ValueInfo extends Extensible {
  name: string
  /** Without `tensor`: a sequence, a map or another type that is not looked into. */
  type?: { tensor?: TensorType } & Extensible
}

export interface TensorType extends Extensible {
  elemType: number
  shape?: { dims: Dim[] } & Extensible
}

export interface Graph extends Extensible {
  name: string
  nodes: Node[]
  initializers: Tensor[]
  inputs: ValueInfo[]
  outputs: ValueInfo[]
  valueInfos: ValueInfo[]
}

export interface Model extends Extensible {
  irVersion: number
  producerName: string
  producerVersion: string
  opsets: ({ domain: string; version: number } & Extensible)[]
  metadata: ({ key: string; value: string } & Extensible)[]
  graph?: Graph
}
