// Runs a classifier on ONNX Runtime. The only importer of onnxruntime-node.
import * as ort from 'onnxruntime-node'
import { withKeptGraph } from './kept-graph.ts'
import { formVersion, onnxOf } from './model-form.ts'
import type { ModelSpec } from './protocol.ts'
import { refuseNonsense } from './refuse-nonsense.ts'

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

export interface SessionOptions {
  /** Where a profile is written to, as a prefix of its name; none when absent. */
  readonly profilePrefix?: string
  /** Where graphs are kept for the next time; nowhere when absent. */
  readonly keptGraphs?: string | undefined
}

/**
 * Many graphics devices cannot compute with half floats, which only the last casts of a network do:
 * without these two on the CPU, the whole network would be refused. See `main/onnx/classifier-head.ts`.
 */
const webGpu = {
  name: 'webgpu',
  forceCpuNodeNames: ['Cast:embedding', 'Cast:unit_maxima'],
} as const

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
    { profilePrefix, keptGraphs }: SessionOptions = {},
  ): Promise<ClassifierSession> {
    const profile =
      profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }
    const settings: ort.InferenceSession.SessionOptions = {
      ...profile,
      executionProviders: [provider === 'webgpu' ? webGpu : provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Threads that spin while they wait take time from the decoders on the same cores.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }
    // A graph is kept by the name of its file: a form with other outputs would be taken for it.
    const isKept = provider === 'cpu' && model.unitLayersToAdd === undefined
    const session = await (isKept && keptGraphs !== undefined
      ? openKept(model, settings, keptGraphs)
      : openMade(await onnxOf(model, provider), settings))
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
    const embeddings = halves(outputs, 'embedding', size * embeddingDim)
    if (this.provider !== 'cpu') refuseNonsense(probabilities, classCount, embeddings)
    return {
      size,
      probabilities,
      embeddings,
      unitMaxima: halves(outputs, 'unit_maxima', size * unitCount),
      ms: performance.now() - start,
    }
  }

  /** Closes the profile, which is then complete on disk. */
  endProfiling(): void {
    this.session.endProfiling()
  }

  async dispose(): Promise<void> {
    await this.session.release()
  }
}

/** A file, or what was made of one: ONNX Runtime has a signature for each. */
const openMade = (
  onnx: string | Uint8Array,
  settings: ort.InferenceSession.SessionOptions,
): Promise<ort.InferenceSession> =>
  typeof onnx === 'string'
    ? ort.InferenceSession.create(onnx, settings)
    : ort.InferenceSession.create(onnx, settings)

function openKept(
  model: ModelSpec,
  settings: ort.InferenceSession.SessionOptions,
  folder: string,
): Promise<ort.InferenceSession> {
  const runtime = `${onnxRuntimeVersion} ${formVersion}`
  const kept = { folder, networkPath: model.onnxPath, runtime }
  return withKeptGraph(kept, async (source) => {
    if (source.kind === 'kept') {
      return openMade(source.path, { ...settings, graphOptimizationLevel: 'disabled' })
    }
    const onnx = await onnxOf(model, 'cpu')
    if (source.keepIn === undefined) return openMade(onnx, settings)
    return openMade(onnx, {
      ...settings,
      optimizedModelFilePath: source.keepIn,
      // It warns that the file is for this processor: that is known.
      logSeverityLevel: 3,
    })
  })
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
