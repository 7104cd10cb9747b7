// How a photo's tile is called by assistive technology and by tests.
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import { formatShare } from '../../ui/format.ts'
import { isProblem, statusWords } from '../../ui/status-words.ts'

/** "IMG_2041.jpg, golden retriever 92%", "scan.tif, Damaged", "new.jpg, Waiting". */
export function tileName(row: PhotoRow, minProbability: number): string {
  const best = row.labels[0]
  const parts = [row.name]
  if (row.truth !== null) parts.push(`shows ${row.truth.name}`)
  if (best !== undefined && best.probability >= minProbability) {
    parts.push(`${best.name} ${formatShare(best.probability)}`)
  }
  if (isProblem(row.status) || row.status === 'pending') parts.push(statusWords[row.status])
  return parts.join(', ')
}
