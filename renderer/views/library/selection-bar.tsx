// What can be done with the selected photos.
import './selection-bar.css'
import { FolderSearch, Maximize2, PencilLine, RotateCw, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

export function SelectionBar() {
  const ids = useLatent((state) => state.selection.ids)
  const openPreview = useLatent((state) => state.openPreview)
  const reveal = useLatent((state) => state.reveal)
  const retry = useLatent((state) => state.retry)
  const askTruth = useLatent((state) => state.askTruth)
  const clearSelected = useLatent((state) => state.clearSelected)
  // What was selected in the Cloud stays selected here, though a filter may hide it.
  const hiddenCount = useLatent(({ list, selection }) => {
    if (list === null || selection.ids.size === 0) return 0
    let listed = 0
    for (const id of list.ids) if (selection.ids.has(id)) listed += 1
    return selection.ids.size - listed
  })
  const [only] = ids
  if (only === undefined) return null
  return (
    <section className="selection-bar" aria-label="Selection">
      <strong role="status">
        {formatCounted(ids.size, 'photo')} selected
        {hiddenCount > 0 && `, ${formatCount(hiddenCount)} hidden by the filter`}
      </strong>
      {ids.size === 1 && (
        <>
          <Button icon={Maximize2} onClick={() => openPreview(only)}>
            View
          </Button>
        </>
      )}
      <Button
        icon={FolderSearch}
        title="Reveal in file manager"
        onClick={() => void reveal([...ids])}
      >
        Reveal
      </Button>
      <Button icon={PencilLine} onClick={() => askTruth([...ids])}>
        What is it?
      </Button>
      <Button icon={RotateCw} onClick={() => void retry([...ids])}>
        Try again
      </Button>
      <IconButton icon={X} name="Clear selection" onClick={clearSelected} />
    </section>
  )
}
