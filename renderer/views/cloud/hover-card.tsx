// What lies under the pointer: the photo, what it shows and when it was taken.
import './hover-card.css'
import { useEffect } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { formatShare, formatWallDay } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import type { ElementSize } from '../../ui/use-element-size.ts'
import { useLatent } from '../../use-latent.ts'

interface HoverCardProps {
  readonly scene: CloudSceneApi
  readonly point: number
  readonly data: CloudData
  readonly roomPx: ElementSize
}

const cardPx = { width: 200, height: 220, gap: 16 } as const

export function HoverCard({ scene, point, data: { points }, roomPx }: HoverCardProps) {
  const id = points.ids[point] ?? 0
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const row = useLatent((state) => state.rows.get(id)?.row)
  const showPhotos = useLatent((state) => state.showPhotos)
  useEffect(() => showPhotos([id]), [showPhotos, id])
  const at = scene.whereIs(point)
  if (at === null) return null

  const { width, height, gap } = cardPx
  const left = at.xPx + gap + width < roomPx.widthPx ? at.xPx + gap : at.xPx - gap - width
  const top = Math.max(gap, Math.min(roomPx.heightPx - height - gap, at.yPx - height / 2))
  const label = points.classNames[points.classes[point] ?? -1]
  return (
    <div className="hover-card" style={{ left, top, width }} aria-hidden="true">
      {row?.hasThumbnail ? (
        <img src={thumbUrl(libraryId, row)} alt="" draggable={false} />
      ) : (
        <span className="no-picture" style={{ backgroundColor: row?.dominantColour }} />
      )}
      <strong className="one-line">{row?.name ?? ' '}</strong>
      {label !== undefined && (
        <span>
          <span className="one-line">{label}</span>
          <b>{formatShare(points.probabilities[point] ?? 0)}</b>
        </span>
      )}
      <small>{formatWallDay(points.takenAtMs[point] ?? 0)}</small>
    </div>
  )
}
