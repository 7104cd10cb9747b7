// Runs models on onnxruntime; for tests.
import * as ort from 'onnxruntime-node'
import { encodeModel } from '../codec.ts'
import type { Model } from '../model.ts'

export interface FloatTensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

export interface PixelTensor {
  readonly data: Uint8Array
  readonly dims: readonly number[]
}

export interface RunningModel {
  readonly run: (
    feeds: Readonly<Record<string, FloatTensor | PixelTensor>>,
  ) => Promise<ReadonlyMap<string, FloatTensor>>
  readonly dispose: () => Promise<void>
}

/** Float inputs and outputs; other outputs come as floats too. */
export async function running(
  model: Model,
  optimisation: 'all' | 'disabled' = 'all',
): Promise<RunningModel> {
  const session = await ort.InferenceSession.create(encodeModel(model), {
    executionProviders: ['cpu'],
    graphOptimizationLevel: optimisation,
    intraOpNumThreads: 2,
    // onnxruntime's own shape inference disagrees with its kernels on ceil_mode, and says so.
    logSeverityLevel: 3,
  })
  return {
    run: async (feeds) => {
      const tensors = Object.entries(feeds).map(
        ([name, { data, dims }]) =>
          [
            name,
            data instanceof Uint8Array
              ? new ort.Tensor('uint8', data, dims)
              : new ort.Tensor('float32', data, dims),
          ] as const,
      )
      const outputs = await session.run(Object.fromEntries(tensors))
      return new Map(
        Object.entries(outputs).map(([name, { data, dims }]) => [
          name,
          {
            data: data instanceof Float32Array ? data : Float32Array.from(data, Number),
            dims: [...dims],
          },
        ]),
      )
    },
    dispose: () => session.release(),
  }
}
