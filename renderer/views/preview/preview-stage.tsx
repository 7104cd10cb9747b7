// The stage of the preview: the thumbnail at once, the full image over it when it is there.
import { ImageOff } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LatentState } from '../../state/slice.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { photoUrl, thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'
import { ZoomStage } from './zoom-stage.ts'

interface PreviewStageProps {
  readonly id: number
  /** Filled with the stage while it is shown, for keys and buttons. */
  readonly stage: RefObject<ZoomStage | null>
  readonly onZoom: (screenScale: number, fitted: boolean) => void
}

const unknownSize = { widthPx: 3, heightPx: 2 }

export function PreviewStage({ id, stage, onZoom }: PreviewStageProps) {
  const row = useLatent((state) => state.rows.get(id)?.row)
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const element = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const tellZoom = useRef(onZoom)
  const [failedUrl, setFailedUrl] = useState('')
  const widthPx = row?.widthPx ?? 0
  const heightPx = row?.heightPx ?? 0

  useLayoutEffect(() => {
    if (element.current === null || frame.current === null) return
    const made = new ZoomStage(element.current, frame.current, (scale, fitted) =>
      tellZoom.current(scale, fitted),
    )
    stage.current = made
    return () => {
      made.dispose()
      stage.current = null
    }
  }, [stage])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another photo of the same size is fitted anew too
  useLayoutEffect(() => {
    stage.current?.setImage(widthPx > 0 ? { widthPx, heightPx } : unknownSize)
  }, [stage, id, widthPx, heightPx])

  usePreload(id)
  const url = row ? photoUrl(libraryId, row) : ''
  return (
    <div ref={element} className="stage">
      <div ref={frame} className="stage-frame">
        {row?.hasThumbnail && (
          <img key={`thumb-${id}`} src={thumbUrl(libraryId, row)} alt="" draggable={false} />
        )}
        {row && failedUrl !== url && (
          <img
            key={url}
            className="full"
            src={url}
            alt={row.name}
            decoding="async"
            draggable={false}
            onLoad={(event) => {
              const image = event.currentTarget
              image.dataset.loaded = ''
              if (widthPx > 0) return
              stage.current?.setImage({
                widthPx: image.naturalWidth,
                heightPx: image.naturalHeight,
              })
            }}
            onError={() => setFailedUrl(url)}
          />
        )}
      </div>
      {row && failedUrl === url && !row.hasThumbnail && (
        <div className="stage-note">
          <EmptyState icon={ImageOff} title="This file cannot be shown" />
        </div>
      )}
    </div>
  )
}

/** Has the browser fetch the neighbours, so that stepping shows them at once. */
function usePreload(id: number): void {
  const before = useLatent((state) => neighbourUrl(state, id, -1))
  const after = useLatent((state) => neighbourUrl(state, id, 1))
  useEffect(() => {
    for (const url of [after, before]) if (url !== '') new Image().src = url
  }, [before, after])
}

function neighbourUrl({ list, rows, library }: LatentState, id: number, by: 1 | -1): string {
  const at = list?.ids.indexOf(id) ?? -1
  const neighbour = at < 0 ? undefined : list?.ids[at + by]
  const row = neighbour === undefined ? undefined : rows.get(neighbour)?.row
  return row?.hasThumbnail && library !== null ? photoUrl(library.id, row) : ''
}
