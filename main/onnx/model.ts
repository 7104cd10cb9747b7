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

export interface Tensor {
  name: string
  dims: number[]
  dataType: number
  /** Little-endian elements in row-major order. */
  rawData: Uint8Array
}

export interface Attribute {
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

export interface Node {
  name: string
  opType: string
  domain: string
  /** Value names; an empty one stands for an absent optional input. */
  inputs: string[]
  outputs: string[]
  attributes: Attribute[]
}

/** A fixed size, or the name of a free one ("N"). */
export interface Dim {
  value: number
  param: string
}

export interface ValueInfo {
  name: string
  type?: { tensor?: { elemType: number; shape?: { dims: Dim[] } } }
}

export interface Graph {
  name: string
  nodes: Node[]
  initializers: Tensor[]
  inputs: ValueInfo[]
  outputs: ValueInfo[]
  valueInfos: ValueInfo[]
}

export interface Model {
  irVersion: number
  producerName: string
  producerVersion: string
  opsets: { domain: string; version: number }[]
  metadata: { key: string; value: string }[]
  graph?: Graph
}
