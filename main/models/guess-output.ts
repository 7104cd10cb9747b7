// Where a network's scores are, and the features that they were made of.

import type { ModelReading } from '../../preload/contract/model-card.ts'
import { floatConstant } from '../onnx/constants.ts'
import type { GraphIndex } from '../onnx/graph.ts'
import { findHead } from '../onnx/layers/head.ts'
import type { Node } from '../onnx/model.ts'
import type { Facts } from '../onnx/shapes/shape.ts'

export interface GuessedScores {
  readonly output: ModelReading['output']
  readonly scoreCount: number
}

/** undefined when no value looks like a score for each class. */
export function guessScores(
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
): GuessedScores | undefined {
  const head = findHead(index, known)
  const scoreCount = scoresOf(known.get(head?.logits ?? ''))
  if (head === undefined || scoreCount === undefined) return undefined
  const named = /prob|softmax/i.test(head.logits)
  const kind = head.probabilities === undefined && named ? 'probabilities' : 'logits'
  return { output: { name: head.logits, kind }, scoreCount }
}

/** Length of axis 1, where the rest of the shape is 1. */
export function scoresOf(found: Facts | undefined): number | undefined {
  const [, scores, ...spatial] = found?.shape ?? []
  if (typeof scores !== 'number' || scores < 2) return undefined
  return spatial.every((size) => size === 1) ? scores : undefined
}

/**
 * The features that the last layer with weights turns into scores: fc7 of AlexNet, the pooled map of
 * a ResNet, fire9 of SqueezeNet (a map, whose positions are averaged).
 */
export function guessEmbedding(
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
  scores: string,
): ModelReading['embedding'] | undefined {
  let value = scores
  for (let steps = 0; steps < 64; steps++) {
    const node = index.producers.get(value)
    const [features = ''] = node?.inputs ?? []
    if (node === undefined) return undefined
    if (hasWeights(node, index)) {
      const before = pastLayout(features, index)
      const dim = embeddingDim(known.get(before))
      return dim === undefined ? undefined : { value: before, dim }
    }
    value = features
  }
  return undefined
}

function hasWeights({ opType, inputs }: Node, index: GraphIndex): boolean {
  if (!['Conv', 'Gemm', 'MatMul'].includes(opType)) return false
  return (floatConstant(index, inputs[1] ?? '')?.dims.length ?? 0) >= 2
}

/** Goes back over what only lays the features out anew, as far as maps or vectors stay. */
function pastLayout(value: string, index: GraphIndex): string {
  let features = value
  for (;;) {
    const node = index.producers.get(features)
    if (node === undefined || !['Dropout', 'Identity'].includes(node.opType)) return features
    features = node.inputs[0] ?? ''
  }
}

/** Length of a vector [N, D], or channels of a map [N, D, H, W]; undefined for other ranks. */
export function embeddingDim(found: Facts | undefined): number | undefined {
  const { shape } = found ?? {}
  const [, dim] = shape ?? []
  return typeof dim === 'number' && (shape?.length === 2 || shape?.length === 4) ? dim : undefined
}
