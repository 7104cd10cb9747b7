// The part of a TensorFlow Lite file that Latent understands, as plain data.
// Slot numbers follow tensorflow/lite/schema/schema.fbs, version 3.
import { FlatbufferError, Table } from './flatbuffer.ts'

export type TfliteType = 'float32' | 'float16' | 'int32' | 'uint8' | 'int64' | 'int8'

const tensorTypes: Readonly<Record<number, TfliteType>> = {
  0: 'float32',
  1: 'float16',
  2: 'int32',
  3: 'uint8',
  4: 'int64',
  9: 'int8',
}

const foreignTypes: Readonly<Record<number, string>> = {
  5: 'STRING',
  6: 'BOOL',
  7: 'INT16',
  10: 'FLOAT64',
}

/** BuiltinOperator codes that the converter knows. */
const operatorNames = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED',
  11: 'L2_NORMALIZATION',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  20: 'RELU_N1_TO_1',
  21: 'RELU6',
  22: 'RESHAPE',
  25: 'SOFTMAX',
  28: 'TANH',
  34: 'PAD',
  40: 'MEAN',
  41: 'SUB',
  42: 'DIV',
  43: 'SQUEEZE',
  47: 'EXP',
  54: 'PRELU',
  55: 'MAXIMUM',
  57: 'MINIMUM',
  59: 'NEG',
  60: 'PADV2',
  70: 'EXPAND_DIMS',
  74: 'SUM',
  75: 'SQRT',
  76: 'RSQRT',
  78: 'POW',
  82: 'REDUCE_MAX',
  92: 'SQUARE',
  98: 'LEAKY_RELU',
  99: 'SQUARED_DIFFERENCE',
  101: 'ABS',
  111: 'ELU',
  114: 'QUANTIZE',
  117: 'HARD_SWISH',
} as const
export type OperatorName = (typeof operatorNames)[keyof typeof operatorNames]

/** Affine quantisation: real = scale * (q - zeroPoint), one pair, or one a slice along `axis`. */
export interface Quantisation {
  readonly scales: readonly number[]
  readonly zeroPoints: readonly number[]
  readonly axis: number
}

export interface TfliteTensor {
  readonly name: string
  readonly type: TfliteType
  readonly shape: readonly number[]
  /** Little-endian contents of a constant; undefined for an activation. */
  readonly data: Uint8Array | undefined
  readonly quantisation: Quantisation | undefined
}

export interface TfliteOperator {
  readonly name: OperatorName
  /** Tensor indices; -1 stands for an absent optional input. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly options: Table | undefined
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[]
  readonly operators: readonly TfliteOperator[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/**
 * Parses a `.tflite` file (the first subgraph).
 *
 * @throws FlatbufferError or RangeError on a malformed file, and FlatbufferError naming an operator
 *   or tensor type that the converter does not know.
 */
export function readTflite(bytes: Uint8Array): TfliteModel {
  if (bytes.byteLength < 16 || new TextDecoder('latin1').decode(bytes.subarray(4, 8)) !== 'TFL3') {
    throw new FlatbufferError('Expected a TensorFlow Lite file (mark "TFL3") but received another')
  }
  const model = Table.root(bytes)
  const codes = model.tables(1).map(operatorCode)
  const buffers = model.tables(4)
  const graph = model.tables(2)[0]
  if (graph === undefined) throw new FlatbufferError('Expected a graph but received none')
  const tensors = graph.tables(0).map((table) => readTensor(table, buffers))
  const checked = (indices: number[]): number[] => {
    for (const index of indices) {
      if (index < -1 || index >= tensors.length) {
        throw new FlatbufferError(`Expected a tensor index below ${tensors.length}, not ${index}`)
      }
    }
    return indices
  }
  return {
    tensors,
    inputs: checked(graph.int32s(1)),
    outputs: checked(graph.int32s(2)),
    operators: graph.tables(3).map((table) => {
      const code = codes[table.uint32(0)]
      if (code === undefined) throw new FlatbufferError('Expected a known operator code index')
      const name = operatorNames[code as keyof typeof operatorNames]
      if (name === undefined) {
        throw new FlatbufferError(
          `Expected an operator Latent can convert but received ${foreignOperator(code)}`,
        )
      }
      return {
        name,
        inputs: checked(table.int32s(1)),
        outputs: checked(table.int32s(2)),
        options: table.table(4),
      }
    }),
  }
}

/** Those that networks for pictures are likely to have. */
const foreignNames: Readonly<Record<number, string>> = {
  5: 'DEPTH_TO_SPACE',
  13: 'LOCAL_RESPONSE_NORMALIZATION',
  16: 'LSTM',
  23: 'RESIZE_BILINEAR',
  26: 'SPACE_TO_DEPTH',
  32: 'CUSTOM',
  36: 'GATHER',
  39: 'TRANSPOSE',
  45: 'STRIDED_SLICE',
  48: 'TOPK_V2',
  49: 'SPLIT',
  53: 'CAST',
  56: 'ARG_MAX',
  65: 'SLICE',
  67: 'TRANSPOSE_CONV',
  69: 'TILE',
  77: 'SHAPE',
  83: 'PACK',
  88: 'UNPACK',
  97: 'RESIZE_NEAREST_NEIGHBOR',
  100: 'MIRROR_PAD',
  102: 'SPLIT_V',
  118: 'IF',
  119: 'WHILE',
  126: 'BATCH_MATMUL',
  150: 'GELU',
}

function foreignOperator(code: number): string {
  const name = foreignNames[code]
  return name === undefined ? `code ${code}` : `${name} (code ${code})`
}

/** Codes past 127 live in a second field; older files fill only the first. */
const operatorCode = (table: Table): number => Math.max(table.int8(0), table.int32(3))

function readTensor(table: Table, buffers: readonly Table[]): TfliteTensor {
  const name = table.string(3)
  const typeCode = table.int8(1)
  const type = tensorTypes[typeCode]
  if (type === undefined) {
    const found = foreignTypes[typeCode] ?? typeCode
    throw new FlatbufferError(`Expected numbers Latent can convert in ${name}, not ${found}`)
  }
  const data = buffers[table.uint32(2)]?.bytes(0)
  const quantisation = table.table(4)
  const scales = quantisation?.float32s(2) ?? []
  return {
    name,
    type,
    shape: table.int32s(0),
    data: data === undefined || data.byteLength === 0 ? undefined : data,
    quantisation:
      quantisation === undefined || scales.length === 0
        ? undefined
        : { scales, zeroPoints: quantisation.int64s(3), axis: quantisation.int32(6) },
  }
}
