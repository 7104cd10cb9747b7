// What a person can choose from when a guess about a network is wrong.
import type { EmbeddingChoice } from '../../preload/contract/models.ts'
import { graphOf } from '../onnx/graph.ts'
import { listLayers } from '../onnx/layers/list-layers.ts'
import type { Model } from '../onnx/model.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'
import { embeddingDim } from './guess-output.ts'

export interface CardChoices {
  /** Values that photos could be compared by, in order of computation. */
  readonly embeddings: readonly EmbeddingChoice[]
  /** Values that could be the scores. */
  readonly outputs: readonly string[]
  /** Names of its layers. */
  readonly layers: readonly string[]
}

/** Late ones only: early layers know nothing of what a photo shows. */
const mostEmbeddings = 12

/** @param chosen values that are on the card, which may be none of the usual ones */
export function cardChoices(
  model: Model,
  chosen: { readonly scores: string; readonly embedding: string },
): CardChoices {
  const known = inferShapes(model)
  const { layers } = listLayers(model)
  const embeddings = [...layers.slice(-mostEmbeddings).map(({ value }) => value)]
  if (!embeddings.includes(chosen.embedding)) embeddings.push(chosen.embedding)
  const outputs = graphOf(model).outputs.map(({ name }) => name)
  if (chosen.scores !== '' && !outputs.includes(chosen.scores)) outputs.unshift(chosen.scores)
  return {
    embeddings: embeddings.flatMap((value) => {
      const dim = embeddingDim(known.get(value))
      return dim === undefined ? [] : [{ value, dim }]
    }),
    outputs,
    layers: layers.map(({ name }) => name),
  }
}
