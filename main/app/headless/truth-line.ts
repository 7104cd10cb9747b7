// What a photo really shows, as a part of its JSON line.
import type { PhotoTruth, PlacedPhoto } from '../../library/truth/photo-truth.ts'
import { truthTeller } from '../../library/truth/photo-truth.ts'
import { classFinder } from '../../models/class-finder.ts'
import { imagenet1k, type LabelSet } from '../../models/labels.ts'

const sources: Readonly<Record<Extract<PhotoTruth, { kind: 'known' }>['source'], string>> = {
  said: 'person',
  'file-name': 'file-name',
  folder: 'folder',
}

/** @returns `{ truth: { wnid, name, from } }`, or nothing where the truth is not known */
export function truthLines(labels: LabelSet): (photo: PlacedPhoto) => object {
  const known = labels.size > 0 ? labels : imagenet1k
  const tell = truthTeller(classFinder(known))
  return (photo) => {
    // What a person said is passed on as it was said, whether this network has a class for it or not.
    if (photo.said !== undefined) return { truth: { ...photo.said, from: sources.said } }
    const truth = tell(photo)
    if (truth.kind !== 'known') return {}
    const { wnid, name } = known.label(truth.index, 0)
    return { truth: { wnid, name, from: sources[truth.source] } }
  }
}
