// A patch of a photo that stands for a cell: opens the photo, or looks inside it.
import { ScanSearch } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { AtlasPatch } from '../../../preload/contract/activation-atlas.ts'
import { IconButton } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { drawPatch } from '../inspector/unit/draw-patch.ts'

const drawnPx = 256

export function CellPatch({ patch }: { readonly patch: AtlasPatch }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const openPreview = useLatent((state) => state.openPreview)
  const inspect = useLatent((state) => state.inspect)
  const { photo, similarity } = patch
  useEffect(() => {
    const stop = new AbortController()
    const { leftPx, topPx, sidePx } = patch
    const place = { leftPx, topPx, widthPx: sidePx, heightPx: sidePx }
    const unitPatch = { photoId: patch.photo.id, activation: patch.similarity, ...place }
    if (canvas.current !== null) {
      void drawPatch(canvas.current, libraryId, patch.photo, unitPatch, stop.signal)
    }
    return () => stop.abort()
  }, [libraryId, patch])
  return (
    <li>
      <button
        type="button"
        className="patch"
        title={photo.name}
        aria-label={`${photo.name}, similarity ${similarity.toFixed(2)}: open`}
        onClick={() => openPreview(photo.id)}
      >
        <canvas ref={canvas} width={drawnPx} height={drawnPx} />
        <span className="strength">{similarity.toFixed(2)}</span>
      </button>
      <IconButton
        icon={ScanSearch}
        name={`Look inside ${photo.name}`}
        onClick={() => void inspect({ kind: 'photo', id: photo.id }, photo.name)}
      />
    </li>
  )
}
