// From names of labels to their vectors.
import { ensembled, prompted } from './prompts.ts'
import type { TextTower } from './text-tower.ts'

/**
 * @param onProgress of all sentences, 0 to 1
 * @returns rows of unit length, [names, embeddingDim]
 * @throws the signal's reason
 */
export async function labelVectors(
  tower: TextTower,
  names: readonly string[],
  templates: readonly string[],
  signal?: AbortSignal,
  onProgress: (fraction: number) => void = () => {},
): Promise<Float32Array> {
  const sentences = names.flatMap((name) => templates.map((template) => prompted(template, name)))
  const rows = await tower.embed(sentences, signal, (done) => onProgress(done / sentences.length))
  return ensembled(rows, templates.length, tower.spec.embeddingDim)
}
