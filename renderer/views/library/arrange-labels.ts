// Orders the rows of the label panel: chosen ones first, then the ones that match the search.
import type { LabelCount } from '../../../preload/contract/domain.ts'

export interface LabelRow extends LabelCount {
  readonly chosen: boolean
}

export function arrangeLabels(
  counts: readonly LabelCount[],
  chosen: readonly number[],
  text: string,
  nameOf: (index: number) => string,
): LabelRow[] {
  const wanted = text.trim().toLowerCase()
  const countOf = new Map(counts.map((count) => [count.index, count.count]))
  const chosenRows = chosen.map((index) => ({
    index,
    name: nameOf(index),
    count: countOf.get(index) ?? 0,
    chosen: true,
  }))
  const others = counts
    .filter(({ index, name }) => !chosen.includes(index) && name.toLowerCase().includes(wanted))
    .map((count) => ({ ...count, chosen: false }))
  return [...chosenRows, ...others]
}
