// A JSON line for every photo of a library.
import type { LabelSet } from '../../models/labels.ts'
import type { Store } from '../../store/store-calls.ts'
import { round } from './classify.ts'
import { pathFields } from './library-layout.ts'
import { printLine } from './output.ts'
import { truthLines } from './truth-line.ts'

const photosAtOnce = 1000

/** In the order in which they came into the library. */
export async function printPhotos(store: Store, labels: LabelSet): Promise<void> {
  const truthOf = truthLines(labels)
  const { ids } = await store.truthColumns()
  for (let first = 0; first < ids.length; first += photosAtOnce) {
    for (const photo of await store.photos([...ids.subarray(first, first + photosAtOnce)])) {
      const { path, status, reason, widthPx, heightPx, truth, name, folder } = photo
      printLine({
        ...pathFields(path),
        status,
        ...(reason === '' ? {} : { reason }),
        width: widthPx,
        height: heightPx,
        labels: photo.labels.map(({ classIndex, probability }) => {
          const label = labels.label(classIndex, 0)
          return { ...label, probability: round(probability, 6) }
        }),
        ...truthOf({ name, folder, said: truth ?? undefined }),
      })
    }
  }
}
