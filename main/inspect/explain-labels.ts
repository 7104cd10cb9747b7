// What is said about a photo's best labels.
import type { ExplainedLabel } from '../../preload/contract/inspector.ts'
import { topClasses } from '../engine/postprocess.ts'
import type { LabelSet } from '../models/labels.ts'
import { taxonomyPath } from '../models/taxonomy.ts'
import type { LookAnswer } from './protocol.ts'

const shownLabels = 5

/** The classes that a network tells from one by almost the same weights, most alike first. */
export type FindAlike = (
  classIndex: number,
) => Promise<readonly { readonly index: number; readonly similarity: number }[]>

export function explainLabels(
  { logits, probabilities }: Pick<LookAnswer, 'logits' | 'probabilities'>,
  labels: LabelSet,
  findAlike: FindAlike,
): Promise<ExplainedLabel[]> {
  const { classIndices } = topClasses(probabilities, shownLabels)
  return Promise.all(
    Array.from(classIndices, async (classIndex) => {
      const label = labels.label(classIndex, probabilities[classIndex] ?? 0)
      const alike = await findAlike(classIndex)
      return {
        ...label,
        logit: logits[classIndex] ?? 0,
        path: [...taxonomyPath(label.wnid), label.name],
        confusions: alike.map(({ index, similarity }) => ({
          index,
          name: labels.label(index, 0).name,
          similarity,
          probability: probabilities[index] ?? 0,
        })),
      }
    }),
  )
}
