// Runs a classifier on ONNX Runtime. The only importer of onnxruntime-node.
import * as ort from 'onnxruntime-node'
import type { ModelSpec } from './protocol.ts'

export const onnxRuntimeVersion: string = ort.env.versions.node ?? ort.env.versions.common

/** Execution providers of this build of ONNX Runtime, in its order; "cpu" among them. */
export const offeredProviders = (): readonly string[] =>
  ort.listSupportedBackends().map(({ name }) => name)

export interface Batch {
  readonly size: number
  /** Softmax over classes, [size, classCount]; empty for an encoder. */
  readonly probabilities: Float32Array
  /** IEEE half floats of unit vectors, [size, embeddingDim]. */
  readonly embeddings: Uint16Array
  /** IEEE half floats, [size, unitCount]; empty when the model gives none. */
  readonly unitMaxima: Uint16Array
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
    const { classCount } = this.model
    // An encoder has none.
    const probabilities = classCount === 0 ? new Float32Array() : outputs.probabilities?.data
    if (!(probabilities instanceof Float32Array)) {
      throw new Error('Expected the output probabilities but received none')
    }
    const { embeddingDim, unitCount } = this.model
    return {
      size,
      probabilities,
      embeddings: halves(outputs, 'embedding', size * embeddingDim),
      unitMaxima: halves(outputs, 'unit_maxima', size * unitCount),
      ms: performance.now() - start,
    }
  }

  async dispose(): Promise<void> {
    await this.session.release()
  }
}

/** Half floats come as whatever 16-bit array the runtime has for them. */
function halves(
  outputs: ort.InferenceSession.OnnxValueMapType,
  name: string,
  length: number,
): Uint16Array {
  if (length === 0) return new Uint16Array()
  const data = outputs[name]?.data
  if (!ArrayBuffer.isView(data)) {
    throw new Error(`Expected the output ${name} but received none`)
  }
  return new Uint16Array(data.buffer, data.byteOffset, length)
}
