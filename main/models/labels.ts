// Names of the classes that a network predicts.

import imagenetClasses from '../../models/imagenet-classes.json'
import type { Label } from '../../preload/contract/domain.ts'

export interface LabelSet {
  readonly size: number
  /** The class at `index` with its probability; an unknown index gets a name of its number. */
  label(index: number, probability: number): Label
  /** Indices of the classes whose name contains `text`, case aside. */
  search(text: string): readonly number[]
}

/** WordNet 3.0 id (n01440764), empty where the set has none, and the name for people. */
export type ClassName = readonly [wnid: string, name: string]

/** ILSVRC 2012's 1000 classes in the standard order (sorted by WordNet 3.0 id). */
export const imagenet1k: LabelSet = labelSet(imagenetClasses as [wnid: string, name: string][])

/** @param size how many classes; those without a name go by their number */
export function labelSet(classes: readonly ClassName[], size = classes.length): LabelSet {
  return {
    size,
    label(index, probability) {
      const [wnid, name] = classes[index] ?? ['', `Class ${index}`]
      return { index, wnid, name, probability }
    },
    search(text) {
      const wanted = text.toLowerCase()
      return classes.flatMap(([, name], index) =>
        name.toLowerCase().includes(wanted) ? [index] : [],
      )
    },
  }
}
