// Networks that give features and no class scores: CLIP's picture side, DINO, backbones.

import type { ModelReading } from '../../preload/contract/model-card.ts'
import type { GraphIndex } from '../onnx/graph.ts'
import type { Facts } from '../onnx/shapes/shape.ts'
import type { GuessWith } from './guess-card.ts'
import { embeddingDim, type GuessedScores } from './guess-output.ts'

type EncoderCard = Pick<ModelReading, 'output' | 'classes' | 'embedding'>

/** A smaller vector is hardly what photos are compared by. */
const leastDim = 16

const namesOfFeatures = /embed|feature|hidden|pooler/i
const namesOfEncoders =
  /(^|[^a-z])(clip|siglip|dino(v2)?|embed(ding)?s?|encoder|backbone)([^a-z]|$)/i

/**
 * @param scores what looks like class scores; an encoder's vector does as well
 * @returns undefined for a classifier
 */
export function encoderCard(
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
  scores: GuessedScores | undefined,
  { fileName, told, labels }: GuessWith,
): EncoderCard | undefined {
  const wanted = told.output?.kind
  if (wanted !== undefined && wanted !== 'none') return undefined
  if (wanted === undefined && (labels !== undefined || told.output?.name !== undefined)) {
    return undefined
  }
  // Of several the vector, or the smallest map: it has seen the most.
  const [features] = index.graph.outputs
    .map(({ name }) => ({ value: name, dim: embeddingDim(known.get(name)) ?? 0 }))
    .filter(({ dim }) => dim >= leastDim)
    .toSorted((a, b) => positionsOf(known.get(a.value)) - positionsOf(known.get(b.value)))
  if (wanted === undefined && !looksLikeEncoder(index, scores, features?.value, fileName)) {
    return undefined
  }
  const value = told.embedding?.value ?? features?.value
  const dim = value === undefined ? undefined : embeddingDim(known.get(value))
  if (value === undefined || dim === undefined) return undefined
  return {
    output: { name: '', kind: 'none' },
    classes: { count: 0, droppedFirst: 0, droppedLast: 0, labels: 'none' },
    embedding: { value, dim },
  }
}

function positionsOf(found: Facts | undefined): number {
  const [, , ...spatial] = found?.shape ?? []
  return spatial.reduce<number>((all, size) => all * (typeof size === 'number' ? size : 1), 1)
}

function looksLikeEncoder(
  index: GraphIndex,
  scores: GuessedScores | undefined,
  features: string | undefined,
  fileName: string,
): boolean {
  if (features === undefined) return false
  if (scores === undefined) return true
  // Scores that a softmax follows, or as many as ImageNet has classes, are scores.
  if (scores.output.name !== features || [1000, 1001].includes(scores.scoreCount)) return false
  const names = `${features} ${index.graph.name}`
  return namesOfFeatures.test(features) || namesOfEncoders.test(`${names} ${fileName}`)
}
