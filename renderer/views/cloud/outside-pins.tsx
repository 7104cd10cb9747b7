// Dropped photos as pins over the Cloud, each with its picture above the place where it would lie.
import './outside-pins.css'
import { useEffect, useRef } from 'react'
import type { CloudSceneApi } from '../../scene/cloud/cloud-scene-types.ts'
import { inspectionUrl } from '../../ui/image-urls.ts'
import { Toolbar } from '../../ui/toolbar.tsx'
import type { ElementSize } from '../../ui/use-element-size.ts'
import { useLatent } from '../../use-latent.ts'

interface OutsidePinsProps {
  readonly scene: CloudSceneApi
  readonly roomPx: ElementSize
  /** Calls back whenever the eye has moved; returns the end of it. */
  readonly onceMoved: (listener: () => void) => () => void
}

export function OutsidePins({ scene, roomPx, onceMoved }: OutsidePinsProps) {
  const photos = useLatent((state) => state.outsidePhotos)
  const shownId = useLatent((state) => state.outsideShownId)
  const showOutside = useLatent((state) => state.showOutside)
  const pins = useRef(new Map<string, HTMLElement>())

  // biome-ignore lint/correctness/useExhaustiveDependencies: another size of the room moves everything
  useEffect(() => {
    /** Straight to the page: the eye moves many times a second. */
    const place = (): void => {
      for (const { inspectionId, place } of photos) {
        const pin = pins.current.get(inspectionId)
        if (pin === undefined) continue
        const seen = scene.wherePlaceIs(place.position)
        pin.style.visibility = seen === null ? 'hidden' : ''
        if (seen === null) continue
        pin.style.translate = `${seen.xPx.toFixed(1)}px ${seen.yPx.toFixed(1)}px`
      }
    }
    let frame = requestAnimationFrame(place)
    const end = onceMoved(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(place)
    })
    return () => {
      end()
      cancelAnimationFrame(frame)
    }
  }, [scene, photos, roomPx, onceMoved])

  if (photos.length === 0) return null
  return (
    <Toolbar name="Dropped photos" className="outside-pins">
      {photos.map(({ inspectionId, name }) => (
        <button
          key={inspectionId}
          ref={(pin) => {
            if (pin === null) return
            pins.current.set(inspectionId, pin)
            return () => void pins.current.delete(inspectionId)
          }}
          type="button"
          aria-label={`${name} would lie here`}
          aria-pressed={inspectionId === shownId}
          title={name}
          onClick={() => showOutside(inspectionId === shownId ? null : inspectionId)}
        >
          <img src={inspectionUrl(inspectionId)} alt="" draggable={false} />
        </button>
      ))}
    </Toolbar>
  )
}
