// Runs a classifier on ONNX Runtime. The only importer of onnxruntime-node.
import * as ort from 'onnxruntime-node'
import type { ModelSpec } from './protocol.ts'

export const onnxRuntimeVersion: string = ort.env.versions.node ?? ort.env.versions.common

/** Execution providers of this build of ONNX Runtime, in its order; "cpu" among them. */
export const offeredProviders = (): readonly string[] =>
  ort.listSupportedBackends().map(({ name }) => name)

export interface Batch {
  readonly size: number
  /** Softmax over classes, [size, classCount]. */
  readonly probabilities: Float32Array
  /** IEEE half floats of unit vectors, [size, embeddingDim]. */
  readonly embeddings: Uint16Array
  readonly ms: number
}

/** One loaded model on one execution provider. */
export class ClassifierSession {
  private constructor(
    private readonly session: ort.InferenceSession,
    readonly model: ModelSpec,
    readonly provider: string,
    readonly threads: number,
  ) {}

  /**
   * Loads the model. A provider is asked for by itself: in a list, a missing one makes ONNX Runtime
   * throw rather than go on to the next.
   *
   * @param threads of ONNX Runtime for one operator
   * @throws Error with ONNX Runtime's reason
   */
  static async create(
    model: ModelSpec,
    provider: string,
    threads: number,
  ): Promise<ClassifierSession> {
    const session = await ort.InferenceSession.create(model.onnxPath, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Threads that spin while they wait take time from the decoders on the same cores.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
    return new ClassifierSession(session, model, provider, threads)
  }

  /** @param pixelsNhwc sRGB uint8 [size, inputSizePx, inputSizePx, 3] */
  async run(pixelsNhwc: Uint8Array, size: number): Promise<Batch> {
    const side = this.model.inputSizePx
    const start = performance.now()
    const outputs = await this.session.run({
      pixels: new ort.Tensor('uint8', pixelsNhwc, [size, side, side, 3]),
    })
    const probabilities = outputs.probabilities?.data
    const embeddings = outputs.embedding?.data
    if (!(probabilities instanceof Float32Array) || !ArrayBuffer.isView(embeddings)) {
      throw new Error('Expected the outputs probabilities and embedding but received others')
    }
    return {
      size,
      probabilities,
      embeddings: new Uint16Array(
        embeddings.buffer,
        embeddings.byteOffset,
        size * this.model.embeddingDim,
      ),
      ms: performance.now() - start,
    }
  }

  async dispose(): Promise<void> {
    await this.session.release()
  }
}
