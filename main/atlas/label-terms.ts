// What photos show, in the terms that clusters are named by.
import type { LabelSet } from '../models/labels.ts'
import { taxonomyPath } from '../models/taxonomy.ts'
import type { PhotoLabels } from './protocol.ts'

/**
 * @param classes what each photo shows most probably, an index into `labels`
 * @param probabilities of these
 */
export function photoLabels(
  labels: LabelSet,
  classes: Uint32Array,
  probabilities: Float32Array,
): PhotoLabels {
  const terms: Record<number, readonly string[]> = {}
  for (const index of new Set(classes)) {
    const { wnid, name } = labels.label(index, 1)
    // An encoder's photos all go by a class that means nothing.
    terms[index] = labels.size === 0 ? [] : [...taxonomyPath(wnid), name]
  }
  return { classes, probabilities, terms }
}
