// What can be done with the photos that are selected in the Cloud.
import './selection-actions.css'
import { Eye, FlipHorizontal2, Maximize2, ScanEye, ThumbsDown, ThumbsUp, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

export function SelectionActions() {
  const ids = useLatent((state) => state.selection.ids)
  const rows = useLatent((state) => state.rows)
  const hasTrays = useLatent((state) => state.trays !== null)
  const openPreview = useLatent((state) => state.openPreview)
  const inspect = useLatent((state) => state.inspect)
  const isolateSelected = useLatent((state) => state.isolateSelected)
  const invertShown = useLatent((state) => state.invertShown)
  const addToTray = useLatent((state) => state.addToTray)
  const clearSelected = useLatent((state) => state.clearSelected)
  const scene = useScene()
  const [only] = ids
  if (only === undefined) return null
  return (
    <section className="selection-actions cloud-plate" aria-label="Selection">
      <strong>{formatCounted(ids.size, 'photo')} selected</strong>
      {ids.size === 1 ? (
        <>
          <Button icon={Maximize2} title="Open (Enter)" onClick={() => openPreview(only)}>
            Open
          </Button>
          <Button
            icon={ScanEye}
            title="Look inside the network with it (O)"
            onClick={() =>
              void inspect({ kind: 'photo', id: only }, rows.get(only)?.row.name ?? 'Photo')
            }
          >
            Look inside
          </Button>
        </>
      ) : (
        <Button icon={FlipHorizontal2} title="Select the others (Shift+I)" onClick={invertShown}>
          Invert
        </Button>
      )}
      <Button
        icon={Eye}
        title="Show only these (I)"
        onClick={() => {
          isolateSelected()
          // The scene hears of it with the next render.
          setTimeout(() => scene?.fit(null, motionMs()))
        }}
      >
        Isolate
      </Button>
      <Button
        icon={ThumbsUp}
        title="Find more like these (M)"
        onClick={() => addToTray('more', ids)}
      >
        More like {ids.size === 1 ? 'this' : 'these'}
      </Button>
      {hasTrays && (
        <Button
          icon={ThumbsDown}
          title="Find less like these (U)"
          onClick={() => addToTray('less', ids)}
        >
          Less like {ids.size === 1 ? 'this' : 'these'}
        </Button>
      )}
      <IconButton
        icon={X}
        name="Clear selection"
        hint="Clear selection (Esc)"
        onClick={clearSelected}
      />
    </section>
  )
}
