// Runs any ONNX graph on ONNX Runtime: the Inspector's taps, gradients and dreams, the Cloud's
// matrix products.
import * as ort from 'onnxruntime-node'

/** A tensor of floats, bytes, half floats (as their bits) or integers with its shape; row-major. */
export interface TensorData {
  readonly dims: readonly number[]
  readonly data: Float32Array | Uint8Array | Uint16Array | Int32Array | BigInt64Array
}

export interface FloatTensor {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

export interface GraphSessionOptions {
  readonly threads: number
  /** Where a profile is written to, as a prefix of its name; none when absent. */
  readonly profilePrefix?: string
  /** False runs the graph as it is written; true when absent. */
  readonly optimise?: boolean
}

/** Owns one session; whoever creates it disposes of it. */
export class GraphSession {
  private constructor(private readonly session: ort.InferenceSession) {}

  /**
   * @param onnx the bytes of a model, or its path
   * @throws Error with ONNX Runtime's reason
   */
  static async create(
    onnx: Uint8Array | string,
    options: GraphSessionOptions,
  ): Promise<GraphSession> {
    const profile =
      options.profilePrefix === undefined
        ? {}
        : { enableProfiling: true, profileFilePrefix: options.profilePrefix }
    const settings: ort.InferenceSession.SessionOptions = {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: options.optimise === false ? 'disabled' : 'all',
      ...profile,
      // The threads of a look into the network must not keep cores from indexing.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    }
    return new GraphSession(
      typeof onnx === 'string'
        ? await ort.InferenceSession.create(onnx, settings)
        : await ort.InferenceSession.create(onnx, settings),
    )
  }

  /**
   * @param wanted names of outputs; all of them when absent
   * @throws Error when a wanted output is no float tensor, or with ONNX Runtime's reason
   */
  async run(
    inputs: Readonly<Record<string, TensorData>>,
    wanted: readonly string[] = this.session.outputNames,
  ): Promise<Readonly<Record<string, FloatTensor>>> {
    const outputs = await this.session.run(feedsOf(inputs), [...wanted])
    return Object.fromEntries(
      wanted.map((name) => {
        const { data, dims } = outputs[name] ?? {}
        if (!(data instanceof Float32Array) || dims === undefined) {
          throw new Error(`Expected a float tensor for ${name} but received none`)
        }
        return [name, { data, dims }]
      }),
    )
  }

  /**
   * @param wanted an output of half floats
   * @returns their bits
   * @throws Error when it is no such tensor, or with ONNX Runtime's reason
   */
  async runToHalves(
    inputs: Readonly<Record<string, TensorData>>,
    wanted: string,
  ): Promise<Uint16Array> {
    const { [wanted]: output } = await this.session.run(feedsOf(inputs), [wanted])
    const data: unknown = output?.data
    if (output?.type !== 'float16' || !ArrayBuffer.isView(data)) {
      throw new Error(`Expected half floats for ${wanted} but received none`)
    }
    // Newer JavaScript has an array type of its own for them.
    return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
  }

  /** Closes the profile, which is then complete on disk. */
  endProfiling(): void {
    this.session.endProfiling()
  }

  async dispose(): Promise<void> {
    await this.session.release()
  }
}

const feedsOf = (
  inputs: Readonly<Record<string, TensorData>>,
): Readonly<Record<string, ort.Tensor>> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { data, dims }]) => [
      name,
      new ort.Tensor(typeOf(data), data, dims),
    ]),
  )

function typeOf(data: TensorData['data']): 'uint8' | 'float16' | 'float32' | 'int32' | 'int64' {
  if (data instanceof Uint8Array) return 'uint8'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof BigInt64Array) return 'int64'
  return data instanceof Uint16Array ? 'float16' : 'float32'
}
