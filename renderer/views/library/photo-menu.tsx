// What can be done with the photo under the pointer, or with all that are selected.
import { Copy, FolderSearch, Maximize2, PencilLine, RotateCw, ScanEye } from 'lucide-react'
import { ContextMenu, type MenuItem, type MenuPlace } from '../../ui/context-menu.tsx'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { isProblem } from '../../ui/status-words.ts'
import { useLatent } from '../../use-latent.ts'
import { shortcutText } from '../palette/shortcut.ts'

export interface OpenPhotoMenu {
  readonly photoId: number
  readonly place: MenuPlace
}

interface PhotoMenuProps {
  readonly menu: OpenPhotoMenu
  readonly onClose: () => void
}

export function PhotoMenu({ menu: { photoId, place }, onClose }: PhotoMenuProps) {
  const selected = useLatent((state) => state.selection.ids)
  const rows = useLatent((state) => state.rows)
  const openPreview = useLatent((state) => state.openPreview)
  const inspect = useLatent((state) => state.inspect)
  const reveal = useLatent((state) => state.reveal)
  const copyPaths = useLatent((state) => state.copyPaths)
  const retry = useLatent((state) => state.retry)
  const askTruth = useLatent((state) => state.askTruth)
  const mac = useLatent((state) => state.info?.platform === 'darwin')

  const ids = selected.has(photoId) ? [...selected] : [photoId]
  const failed = ids.filter((id) => {
    const row = rows.get(id)?.row
    return row !== undefined && isProblem(row.status)
  })
  const name = rows.get(photoId)?.row.name ?? 'Photo'
  const several = ids.length > 1
  const items: MenuItem[] = [
    { icon: Maximize2, text: 'Open', keyHint: 'Enter', onChoose: () => openPreview(photoId) },
    {
      icon: ScanEye,
      text: 'Look inside',
      onChoose: () => void inspect({ kind: 'photo', id: photoId }, name),
    },
    {
      icon: PencilLine,
      text: several ? `Say what these ${formatCount(ids.length)} show…` : 'Say what it shows…',
      keyHint: shortcutText('Mod+T', mac),
      onChoose: () => askTruth(ids),
    },
    {
      icon: FolderSearch,
      text: 'Reveal in file manager',
      onChoose: () => void reveal(ids),
    },
    {
      icon: Copy,
      text: several ? `Copy ${formatCounted(ids.length, 'path')}` : 'Copy path',
      onChoose: () => void copyPaths(ids),
    },
  ]
  if (failed.length > 0) {
    items.push({
      icon: RotateCw,
      text: several ? `Try ${formatCounted(failed.length, 'photo')} again` : 'Try again',
      onChoose: () => void retry(failed),
    })
  }
  return <ContextMenu name={name} place={place} items={items} onClose={onClose} />
}
