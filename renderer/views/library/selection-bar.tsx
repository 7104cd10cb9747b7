// What can be done with the selected photos.
import './selection-bar.css'
import { FolderSearch, Maximize2, RotateCw, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

export function SelectionBar() {
  const ids = useLatent((state) => state.selection.ids)
  const openPreview = useLatent((state) => state.openPreview)
  const reveal = useLatent((state) => state.reveal)
  const retry = useLatent((state) => state.retry)
  const clearSelected = useLatent((state) => state.clearSelected)
  const [only] = ids
  if (only === undefined) return null
  return (
    <section className="selection-bar" aria-label="Selection">
      <strong role="status">{formatCounted(ids.size, 'photo')} selected</strong>
      {ids.size === 1 && (
        <>
          <Button icon={Maximize2} onClick={() => openPreview(only)}>
            View
          </Button>
          <Button icon={FolderSearch} onClick={() => void reveal(only)}>
            Reveal
          </Button>
        </>
      )}
      <Button icon={RotateCw} onClick={() => void retry([...ids])}>
        Try again
      </Button>
      <IconButton icon={X} name="Clear selection" onClick={clearSelected} />
    </section>
  )
}
