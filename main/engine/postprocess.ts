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
  const classIndices = new Uint16Array(count)
  const best = new Float32Array(count)
  // One pass finds a few of a thousand; sorting all of them took longer than the labels themselves.
  for (let index = 0, found = 0; index < probabilities.length; index++) {
    const probability = probabilities[index] ?? 0
    if (found === count && !(probability > (best[count - 1] ?? 0))) continue
    let place = Math.min(found, count - 1)
    while (place > 0 && probability > (best[place - 1] ?? 0)) {
      best[place] = best[place - 1] ?? 0
      classIndices[place] = classIndices[place - 1] ?? 0
      place--
    }
    best[place] = probability
    classIndices[place] = index
    if (found < count) found++
  }
  return { classIndices, probabilities: best }
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
