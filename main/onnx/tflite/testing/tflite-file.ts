// TensorFlow Lite networks of a few operators, written by hand; for tests.
import { bytesOf } from '../../graph-builder.ts'
import { type Fields, flatbuffer, text } from './flatbuffer-file.ts'

export interface Constant {
  readonly shape: readonly number[]
  /** Of TensorType: 0 for floats, 1 for half floats, 2 for int32. */
  readonly type: number
  readonly data: Uint8Array
}

export interface Step {
  /** Of BuiltinOperator. */
  readonly code: number
  readonly inputs: readonly number[]
  readonly options?: Fields
  /** Of its one output. */
  readonly shape: readonly number[]
}

export const floats = (values: Float32Array, shape: readonly number[]): Constant => ({
  shape,
  type: 0,
  data: bytesOf(values),
})

/**
 * Tensor 0 is the picture, float32 [1, side, side, 3]; then come the constants, then what each step
 * makes. The last is the output.
 */
export function tfliteFile(
  side: number,
  constants: readonly Constant[],
  steps: readonly Step[],
): Uint8Array {
  const first = 1 + constants.length
  const tensor = (name: string, shape: readonly number[], type = 0, buffer = 0): Fields => ({
    0: { ints: shape },
    1: { int: type },
    2: { int: buffer },
    3: text(name),
  })
  return flatbuffer({
    1: { tables: steps.map(({ code }) => ({ 0: { int: code } })) },
    2: {
      tables: [
        {
          0: {
            tables: [
              tensor('picture', [1, side, side, 3]),
              ...constants.map(({ shape, type }, i) => tensor(`constant ${i}`, shape, type, i + 1)),
              ...steps.map(({ shape }, i) => tensor(`step ${i}`, shape)),
            ],
          },
          1: { ints: [0] },
          2: { ints: [first + steps.length - 1] },
          3: {
            tables: steps.map(({ inputs, options }, i) => ({
              0: { int: i },
              1: { ints: inputs },
              2: { ints: [first + i] },
              ...(options === undefined ? {} : { 4: { table: options } }),
            })),
          },
        },
      ],
    },
    4: { tables: [{}, ...constants.map(({ data }) => ({ 0: { bytes: data } }))] },
  })
}
