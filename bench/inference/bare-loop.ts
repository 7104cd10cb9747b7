// The shortest loop that runs a network on onnxruntime-node: what the engine is measured against.
import * as ort from 'onnxruntime-node'

/** @returns a run of one batch, in milliseconds, and the end of its session */
export async function bareLoop(
  onnxPath: string,
  threads: number,
  pixels: Uint8Array,
  dims: readonly number[],
): Promise<{ readonly run: () => Promise<number>; readonly end: () => Promise<void> }> {
  const session = await ort.InferenceSession.create(onnxPath, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // As the engine's, so that only what is round the loop differs.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  return {
    run: async () => {
      const start = performance.now()
      await session.run({ pixels: new ort.Tensor('uint8', pixels, dims) })
      return performance.now() - start
    },
    end: () => session.release(),
  }
}
