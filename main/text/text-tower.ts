// Runs a text network: from texts to vectors beside which photos can be laid.
import { GraphSession, type TensorData } from '../engine/graph-session.ts'
import { type TokenRows, tokenRows } from './token-rows.ts'
import type { TextTokenizer } from './tokenizer.ts'
import type { TextTowerSpec } from './tower-spec.ts'

/** Texts that run at once: more gains nothing on a CPU. */
const batchTexts = 32

/** Owns a session; whoever creates it disposes of it. */
export class TextTower {
  private constructor(
    readonly spec: TextTowerSpec,
    private readonly tokenizer: TextTokenizer,
    private readonly session: GraphSession,
  ) {}

  /**
   * @param onnx a path, or the bytes of a graph as {@link ../text/prepare-text-tower.ts} makes it
   * @throws Error with ONNX Runtime's reason
   */
  static async open(
    onnx: string | Uint8Array,
    spec: TextTowerSpec,
    tokenizer: TextTokenizer,
    threads: number,
  ): Promise<TextTower> {
    return new TextTower(spec, tokenizer, await GraphSession.create(onnx, { threads }))
  }

  /**
   * @param onProgress how many are done
   * @returns [texts, embeddingDim], each row of unit length
   * @throws the signal's reason
   */
  async embed(
    texts: readonly string[],
    signal?: AbortSignal,
    onProgress: (done: number) => void = () => {},
  ): Promise<Float32Array> {
    const { embeddingDim } = this.spec
    const rows = new Float32Array(texts.length * embeddingDim)
    for (let first = 0; first < texts.length; first += batchTexts) {
      signal?.throwIfAborted()
      const some = texts.slice(first, first + batchTexts)
      rows.set(await this.run(some), first * embeddingDim)
      onProgress(first + some.length)
      // Lets a word to stop in between two runs.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return rows
  }

  /** The same network, fed another way; one of the two is to be disposed of. */
  like(spec: TextTowerSpec): TextTower {
    return new TextTower(spec, this.tokenizer, this.session)
  }

  dispose(): Promise<void> {
    return this.session.dispose()
  }

  private async run(texts: readonly string[]): Promise<Float32Array> {
    const { spec, tokenizer } = this
    const rows = tokenRows(
      texts.map((text) => tokenizer.encode(text)),
      { ...spec, endId: tokenizer.endId },
    )
    const outputs = await this.session.run(feeds(rows, spec), [spec.output])
    const data = outputs[spec.output]?.data ?? new Float32Array()
    if (data.length !== texts.length * spec.embeddingDim) {
      throw new Error(
        `Expected ${texts.length} x ${spec.embeddingDim} numbers for ${texts.length} texts but received ${data.length}`,
      )
    }
    return data
  }
}

function feeds(
  { ids, mask, count, length }: TokenRows,
  { inputs }: TextTowerSpec,
): Record<string, TensorData> {
  const integers = (values: Int32Array): TensorData => ({
    dims: [count, length],
    data: inputs.integers === 'int64' ? BigInt64Array.from(values, BigInt) : values,
  })
  const fed: Record<string, TensorData> = { [inputs.ids]: integers(ids) }
  if (inputs.mask !== '') fed[inputs.mask] = integers(mask)
  if (inputs.types !== '') fed[inputs.types] = integers(new Int32Array(ids.length))
  if (inputs.positions !== '') {
    fed[inputs.positions] = integers(Int32Array.from(ids, (_, at) => at % length))
  }
  return fed
}
