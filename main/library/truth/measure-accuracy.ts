// Judges models on the photos of a library's store.
import type { LabelSet } from '../../models/labels.ts'
import type { Store } from '../../store/store-calls.ts'
import { type JudgedPhotos, judge } from './accuracy.ts'

export interface AskedModel {
  readonly modelId: string
  readonly labels: LabelSet
}

/**
 * @param own the model that the store is open with
 * @param other null to judge the one alone
 */
export async function measureAccuracy(
  store: Pick<Store, 'truthColumns' | 'rankedClasses'>,
  own: AskedModel,
  other: (AskedModel & { readonly sha256: string; readonly labelling?: number | undefined }) | null,
): Promise<JudgedPhotos> {
  const [columns, ranked, otherRanked] = await Promise.all([
    store.truthColumns(),
    store.rankedClasses(),
    other === null
      ? null
      : store.rankedClasses({
          id: other.modelId,
          sha256: other.sha256,
          labelling: other.labelling,
        }),
  ])
  return judge(
    columns,
    { ...own, ranked },
    other === null || otherRanked === null ? null : { ...other, ranked: otherRanked },
  )
}
