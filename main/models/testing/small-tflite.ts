// A TensorFlow Lite classifier of floats with seeded weights; for tests.
import { bytesOf } from '../../onnx/graph-builder.ts'
import { seeded } from '../../onnx/testing/seeded.ts'
import { floats, tfliteFile } from '../../onnx/tflite/testing/tflite-file.ts'

/** CONV_2D with ReLU, MEAN over places, FULLY_CONNECTED, SOFTMAX. */
export function smallTflite(): Uint8Array {
  const random = seeded(3)
  const weights = (...shape: number[]) =>
    floats(Float32Array.from(random.normals(shape.reduce((a, b) => a * b))), shape)
  const places = { shape: [2], type: 2, data: bytesOf(Int32Array.of(1, 2)) }
  return tfliteFile(
    32,
    [weights(8, 3, 3, 3), weights(8), places, weights(10, 8), weights(10)],
    [
      {
        code: 3,
        inputs: [0, 1, 2],
        shape: [1, 16, 16, 8],
        options: { 1: { int: 2 }, 2: { int: 2 }, 3: { int: 1 } },
      },
      { code: 40, inputs: [6, 3], shape: [1, 8] },
      { code: 9, inputs: [7, 4, 5], shape: [1, 10] },
      { code: 25, inputs: [8], shape: [1, 10] },
    ],
  )
}
