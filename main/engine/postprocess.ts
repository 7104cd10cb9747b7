// From a batch's raw outputs to one prediction a photo.
import type { AnalyseRequest, ModelSpec, Prediction } from './protocol.ts'
import type { Batch } from './sessions.ts'

/**
 * The k most probable classes, best first; equal ones in index order.
 *
 * @param probabilities [classCount], 0..1
 */
export function topClasses(
  probabilities: Float32Array,
  k: number,
): { classIndices: Uint16Array; probabilities: Float32Array } {
  const count = Math.min(k, probabilities.length)
  const order = Uint16Array.from(probabilities, (_, i) => i)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b)
    .slice(0, count)
  return {
    classIndices: order,
    probabilities: Float32Array.from(order, (index) => probabilities[index] ?? 0),
  }
}

/** The prediction at position `i` of a batch, copied out of the batch's memory. */
export function predictionAt(
  batch: Batch,
  i: number,
  { embeddingDim, unitCount }: Pick<ModelSpec, 'embeddingDim' | 'unitCount'>,
  { topCount, unitMaxima }: Pick<AnalyseRequest, 'topCount' | 'unitMaxima'>,
): Prediction {
  const classCount = batch.probabilities.length / batch.size
  const probabilities = batch.probabilities.subarray(i * classCount, (i + 1) * classCount)
  return {
    ...topClasses(probabilities, topCount),
    embedding: batch.embeddings.slice(i * embeddingDim, (i + 1) * embeddingDim),
    ...(unitMaxima && unitCount > 0
      ? { unitMaxima: batch.unitMaxima.slice(i * unitCount, (i + 1) * unitCount) }
      : {}),
  }
}
