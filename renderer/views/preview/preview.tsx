// One photo as large as the window, with everything known about it beside it.
import './preview.css'
import {
  ChevronLeft,
  ChevronRight,
  Expand,
  PanelRight,
  ScanEye,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { previewedIds } from '../../state/preview-slice.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCount, formatShare } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { PreviewStage } from './preview-stage.tsx'
import { usePreviewKeys } from './use-preview-keys.ts'
import type { ZoomStage } from './zoom-stage.ts'

export function Preview({ id }: { readonly id: number }) {
  const row = useLatent((state) => state.rows.get(id)?.row)
  const ids = useLatent(previewedIds)
  const closePreview = useLatent((state) => state.closePreview)
  const stepPreview = useLatent((state) => state.stepPreview)
  const inspect = useLatent((state) => state.inspect)
  const [panelShown, setPanelShown] = useState(true)
  const [zoom, setZoom] = useState({ screenScale: 1, fitted: true })
  const stage = useRef<ZoomStage>(null)
  const dialog = useRef<HTMLDivElement>(null)
  const inspectIt = (): void => void inspect({ kind: 'photo', id }, row?.name ?? 'Photo')
  const onKeyDown = usePreviewKeys(stage, inspectIt, () => setPanelShown((shown) => !shown))

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  const zoomSteps = useLatent((state) => state.previewZoomSteps)
  const lastZoomSteps = useRef(zoomSteps)
  useEffect(() => {
    if (zoomSteps !== lastZoomSteps.current) {
      stage.current?.step(zoomSteps > lastZoomSteps.current ? 1 : -1)
    }
    lastZoomSteps.current = zoomSteps
  }, [zoomSteps])

  const at = ids?.indexOf(id) ?? -1
  const name = row?.name ?? 'Photo'
  return (
    <div
      ref={dialog}
      className="preview"
      role="dialog"
      aria-modal="true"
      aria-label={name}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header>
        <h2 className="one-line" title={name}>
          {name}
        </h2>
        <span>{at >= 0 && ids && `${formatCount(at + 1)} of ${formatCount(ids.length)}`}</span>
        <output aria-label="Zoom">{zoom.fitted ? 'Fit' : formatShare(zoom.screenScale)}</output>
        <IconButton
          icon={ZoomOut}
          name="Zoom out"
          hint="Zoom out (−)"
          onClick={() => stage.current?.step(-1)}
        />
        <IconButton
          icon={ZoomIn}
          name="Zoom in"
          hint="Zoom in (+)"
          onClick={() => stage.current?.step(1)}
        />
        <IconButton icon={Expand} name="Fit" hint="Fit (0)" onClick={() => stage.current?.fit()} />
        <Button
          aria-label="Actual size"
          title="Actual size (1)"
          onClick={() => stage.current?.actualSize()}
        >
          1:1
        </Button>
        <IconButton
          icon={ChevronLeft}
          name="Previous photo"
          disabled={at <= 0}
          onClick={() => stepPreview(-1)}
        />
        <IconButton
          icon={ChevronRight}
          name="Next photo"
          disabled={at < 0 || at + 1 >= (ids?.length ?? 0)}
          onClick={() => stepPreview(1)}
        />
        <Button icon={ScanEye} title="Look inside the network with it (I)" onClick={inspectIt}>
          Inspect
        </Button>
        <IconButton
          icon={PanelRight}
          name="Details"
          hint="Details (D)"
          aria-pressed={panelShown}
          onClick={() => setPanelShown(!panelShown)}
        />
        <IconButton icon={X} name="Close" hint="Close (Esc)" onClick={closePreview} />
      </header>
      <PreviewStage
        id={id}
        stage={stage}
        onZoom={(screenScale, fitted) => setZoom({ screenScale, fitted })}
      />
      {panelShown && <PreviewPanel id={id} />}
    </div>
  )
}
