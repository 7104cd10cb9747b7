// What the making of an atlas, and the atlas itself, are called.
import type {
  ActivationAtlas,
  ActivationAtlasStatus,
} from '../../../preload/contract/activation-atlas.ts'
import { formatCounted, formatShare } from '../../ui/format.ts'

export const atlasStageWords: Readonly<
  Record<NonNullable<ActivationAtlasStatus['stage']>, string>
> = {
  sampling: 'Running photos through the layer',
  layout: 'Laying out',
  cells: 'Averaging cells',
  labels: 'Asking what each cell argues for',
  patches: 'Cutting out patches',
}

/** "Laying out, 40 %"; what stands when nothing is done. */
export function atlasLine(status: ActivationAtlasStatus, atlas: ActivationAtlas | null): string {
  if (status.state === 'working' && status.stage !== null) {
    return `${atlasStageWords[status.stage]}, ${formatShare(status.fraction)}`
  }
  if (atlas === null) return status.state === 'stopped' ? 'Stopped' : ''
  const parts = [
    formatCounted(atlas.samples, 'activation'),
    formatCounted(atlas.photos, 'photo'),
    ...(status.isStale ? ['photos changed since'] : []),
    ...(atlas.skipped > 0 ? [`${atlas.skipped} unreadable`] : []),
  ]
  return parts.join(' · ')
}

/** "Labrador retriever, golden retriever · 14 activations of 9 photos". */
export function cellWords(cell: {
  readonly labels: readonly string[]
  readonly samples: number
  readonly photos: number
}): string {
  const counts = `${formatCounted(cell.samples, 'activation')} of ${formatCounted(cell.photos, 'photo')}`
  return cell.labels.length === 0 ? counts : `${cell.labels.join(', ')} · ${counts}`
}
