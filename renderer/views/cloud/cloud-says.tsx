// Tells assistive technology what is focused, selected and shown.
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import { formatCounted, formatShare } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

export function CloudSays({ shownCount }: { readonly shownCount: number }) {
  const selectedCount = useLatent((state) => state.selection.ids.size)
  const row = useLatent(({ selection, rows }) =>
    selection.focusId === null ? undefined : rows.get(selection.focusId)?.row,
  )
  return (
    <p id="cloud-says" className="for-readers" role="status">
      {cloudSentence(row, selectedCount, shownCount)}
    </p>
  )
}

export function cloudSentence(
  row: PhotoRow | undefined,
  selectedCount: number,
  shownCount: number,
): string {
  const counts = `${formatCounted(selectedCount, 'photo')} of ${formatCounted(shownCount, 'shown', 'shown')} selected.`
  if (row === undefined) return counts
  const [label] = row.labels
  const what = label === undefined ? '' : `, ${label.name} ${formatShare(label.probability)}`
  return `${row.name}${what}. ${counts}`
}
