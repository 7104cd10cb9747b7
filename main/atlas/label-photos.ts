// The best labels of photos by their embeddings.
import { GraphSession } from '../engine/graph-session.ts'
import { topClasses } from '../engine/postprocess.ts'
import { floatsOf } from '../store/half-float.ts'
import { RecordFile } from '../store/record-file.ts'
import type { LabelAnswer, LabelPhotosRequest } from './protocol.ts'
import { turn } from './turns.ts'
import { StoredVectors } from './vectors/vector-rows.ts'

const blockRows = 512

/** Keeps the labels' graph from one batch to the next. */
export class PhotoLabeller {
  private held: { readonly sha256: string; readonly session: GraphSession } | undefined

  constructor(private readonly threads: number) {}

  /** @throws the signal's reason, ForeignFileError for vectors of another model */
  async label(
    { vectors, ids, head, keptLabels }: LabelPhotosRequest,
    signal: AbortSignal,
  ): Promise<LabelAnswer> {
    const session = await this.sessionOf(head)
    const file = RecordFile.open(vectors.path, vectors.embeddingDim * 2, vectors.tag)
    try {
      const rows = new StoredVectors(file, ids, vectors.embeddingDim)
      const classes: number[] = []
      const likely: number[] = []
      for (let first = 0; first < ids.length; first += blockRows) {
        await turn(signal)
        const count = Math.min(blockRows, ids.length - first)
        const data = floatsOf(await rows.read(first, count))
        const embedding = { data, dims: [count, vectors.embeddingDim] }
        const { probabilities } = await session.run({ embedding }, ['probabilities'])
        const all = probabilities?.data ?? new Float32Array()
        const labels = all.length / count
        for (let i = 0; i < count; i++) {
          const best = topClasses(all.subarray(i * labels, (i + 1) * labels), keptLabels)
          classes.push(...best.classIndices)
          likely.push(...best.probabilities)
        }
      }
      return { classes: Uint16Array.from(classes), probabilities: Float32Array.from(likely) }
    } finally {
      file.dispose()
    }
  }

  private async sessionOf({ path, sha256 }: LabelPhotosRequest['head']): Promise<GraphSession> {
    if (this.held?.sha256 === sha256) return this.held.session
    const before = this.held
    this.held = undefined
    await before?.session.dispose()
    const session = await GraphSession.create(path, { threads: this.threads })
    this.held = { sha256, session }
    return session
  }
}
