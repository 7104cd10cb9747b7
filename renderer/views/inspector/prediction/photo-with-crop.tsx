// A whole photo; what the network does not see of it is dimmed.
import './photo-with-crop.css'
import type { CSSProperties } from 'react'
import { type InspectedPhoto, inspectedPhotoUrl } from '../../../../preload/contract/inspector.ts'
import { cropShares } from '../picture/crop-maths.ts'

export function PhotoWithCrop({ photo }: { readonly photo: InspectedPhoto }) {
  const { left, top, width, height } = cropShares(photo)
  const aspect = { '--aspect': photo.widthPx / photo.heightPx }
  return (
    <div className="photo-room">
      <div
        className="photo-with-crop"
        style={aspect as CSSProperties /* React's type lacks custom properties */}
      >
        <img src={inspectedPhotoUrl(photo.session)} alt={photo.name} draggable={false} />
        <span
          style={{
            left: `${left * 100}%`,
            top: `${top * 100}%`,
            width: `${width * 100}%`,
            height: `${height * 100}%`,
          }}
        />
      </div>
    </div>
  )
}
