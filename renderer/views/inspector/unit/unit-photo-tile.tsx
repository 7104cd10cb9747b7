// A photo that a unit answers to: the patch, or the whole photo with the patch outlined.
import { useEffect, useRef } from 'react'
import type { Result } from '../../../../preload/contract/errors.ts'
import type { UnitPatch, UnitPhoto } from '../../../../preload/contract/inspector.ts'
import { thumbUrl } from '../../../ui/image-urls.ts'
import { useLatent } from '../../../use-latent.ts'
import { valueWords } from '../network/layer-words.ts'
import { drawPatch } from './draw-patch.ts'

interface UnitPhotoTileProps {
  readonly unitPhoto: UnitPhoto
  /** Null until it was found. */
  readonly patch: Result<UnitPatch> | null
  readonly whole: boolean
}

export function UnitPhotoTile({ unitPhoto, patch, whole }: UnitPhotoTileProps) {
  const { photo, activation } = unitPhoto
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const inspect = useLatent((state) => state.inspect)
  const found = patch?.ok ? patch.value : null
  return (
    <li className="unit-photo">
      <button
        type="button"
        title={`${photo.name}: look inside`}
        aria-label={`${photo.name}, activation ${valueWords(activation)}: look inside`}
        onClick={() => void inspect({ kind: 'photo', id: photo.id }, photo.name)}
      >
        {whole || found === null ? (
          <span className={`whole ${whole ? '' : 'filled'}`}>
            <img src={thumbUrl(libraryId, photo)} alt="" draggable={false} />
            {whole && found !== null && (
              <PatchOutline patch={found} widthPx={photo.widthPx} heightPx={photo.heightPx} />
            )}
          </span>
        ) : (
          <PatchCanvas libraryId={libraryId} unitPhoto={unitPhoto} patch={found} />
        )}
        <span className="strength">{valueWords(activation)}</span>
      </button>
    </li>
  )
}

interface PatchOutlineProps {
  readonly patch: UnitPatch
  readonly widthPx: number
  readonly heightPx: number
}

/** Drawn like the photo is fitted: SVG keeps the shape within the square by itself. */
function PatchOutline({ patch, widthPx, heightPx }: PatchOutlineProps) {
  return (
    <svg viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true">
      <rect
        x={patch.leftPx}
        y={patch.topPx}
        width={patch.widthPx}
        height={patch.heightPx}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

interface PatchCanvasProps {
  readonly libraryId: string
  readonly unitPhoto: UnitPhoto
  readonly patch: UnitPatch
}

function PatchCanvas({ libraryId, unitPhoto, patch }: PatchCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { photo } = unitPhoto
  useEffect(() => {
    const stop = new AbortController()
    if (canvas.current !== null)
      void drawPatch(canvas.current, libraryId, photo, patch, stop.signal)
    return () => stop.abort()
  }, [libraryId, photo, patch])
  return <canvas ref={canvas} width={320} height={320} />
}
