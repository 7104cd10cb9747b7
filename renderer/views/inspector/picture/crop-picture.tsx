// The part of a photo that the network sees, with maps over it and places marked on it.
import './crop-picture.css'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { type InspectedPhoto, inspectedPhotoUrl } from '../../../../preload/contract/inspector.ts'
import { type Box, photoAroundCrop, sharesOf } from './crop-maths.ts'
import { MapImage } from './map-image.tsx'

export interface Overlay {
  readonly image: ImageData
  /** In pixels of the network's input. */
  readonly box: Box
  readonly opacity: number
  readonly smooth: boolean
}

export interface Mark {
  /** A spot is a cell that may be too small to be found, so a ring is drawn around it. */
  readonly kind: 'cell' | 'field' | 'spot'
  /** In pixels of the network's input. */
  readonly box: Box
}

interface CropPictureProps {
  readonly photo: InspectedPhoto
  readonly inputSizePx: number
  /** What it shows, for assistive technology. */
  readonly name: string
  readonly overlay?: Overlay | null
  readonly marks?: readonly Mark[]
  /** A place of the network's input, in its pixels; null when the pointer left. */
  readonly onPlace?: (place: { readonly x: number; readonly y: number } | null) => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly children?: ReactNode
}

const percent = ({ left, top, width, height }: Box) => ({
  left: `${left * 100}%`,
  top: `${top * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
})

export function CropPicture(props: CropPictureProps) {
  const { photo, inputSizePx, name, overlay, marks = [], onPlace, onKeyDown, children } = props
  const place = (event: PointerEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    return {
      x: ((event.clientX - bounds.left) / bounds.width) * inputSizePx,
      y: ((event.clientY - bounds.top) / bounds.height) * inputSizePx,
    }
  }
  const asked = onKeyDown
    ? ({ role: 'application', 'aria-label': name, tabIndex: 0, onKeyDown } as const)
    : ({ role: 'img', 'aria-label': name } as const)
  return (
    <div className="crop-room">
      <div
        className={`crop-picture ${onPlace ? 'pointed' : ''}`}
        {...asked}
        onPointerMove={onPlace && ((event) => onPlace(place(event)))}
        onPointerLeave={onPlace && (() => onPlace(null))}
      >
        <img
          src={inspectedPhotoUrl(photo.session)}
          alt=""
          draggable={false}
          style={percent(photoAroundCrop(photo))}
        />
        {overlay && (
          <div
            className="crop-overlay"
            style={{ ...percent(sharesOf(overlay.box, inputSizePx)), opacity: overlay.opacity }}
          >
            <MapImage image={overlay.image} smooth={overlay.smooth} />
          </div>
        )}
        {marks.map(({ kind, box }) => (
          <span
            key={kind}
            className={`crop-mark ${kind}`}
            style={percent(sharesOf(box, inputSizePx))}
          />
        ))}
        {children}
      </div>
    </div>
  )
}
