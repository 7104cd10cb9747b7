// The dropped photos that the Cloud has places for: by name, each with the way there and the way out.
import '../../ui/popover.css'
import './outside-list.css'
import { MapPin, X } from 'lucide-react'
import type { OutsidePhoto } from '../../state/cloud-outside-slice.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { inspectionUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { useScene } from './scene-context.ts'

export function OutsideList({ photos }: { readonly photos: readonly OutsidePhoto[] }) {
  const showOutside = useLatent((state) => state.showOutside)
  const forgetOutside = useLatent((state) => state.forgetOutside)
  const clearOutside = useLatent((state) => state.clearOutside)
  const shownId = useLatent((state) => state.outsideShownId)
  const scene = useScene()
  const goTo = ({ inspectionId, place }: OutsidePhoto): void => {
    showOutside(inspectionId)
    scene?.approachPlace(place.position, motionMs())
  }
  const [only] = photos
  if (only === undefined) return null
  const one = photos.length === 1
  const text = one ? only.name : formatCounted(photos.length, 'dropped photo')
  const undo = one ? `Take ${only.name} away` : 'Take all dropped photos away'
  return (
    <li className="cloud-plate">
      {one ? (
        <button type="button" title={`Where ${text} would lie`} onClick={() => goTo(only)}>
          <MapPin size={13} aria-hidden="true" />
          <span className="one-line">{text}</span>
        </button>
      ) : (
        <button type="button" title="Where each would lie" popoverTarget="outside-list">
          <MapPin size={13} aria-hidden="true" />
          <span className="one-line">{text}</span>
        </button>
      )}
      <button type="button" aria-label={undo} title={undo} onClick={clearOutside}>
        <X size={13} aria-hidden="true" />
      </button>
      <section
        id="outside-list"
        className="popover outside-list"
        popover="auto"
        aria-label="Dropped photos and their places"
      >
        <ul>
          {photos.map((photo) => (
            <li key={photo.inspectionId}>
              <Button
                title={`Where ${photo.name} would lie`}
                aria-pressed={photo.inspectionId === shownId}
                onClick={() => goTo(photo)}
              >
                <img src={inspectionUrl(photo.inspectionId)} alt="" draggable={false} />
                <span className="one-line">{photo.name}</span>
              </Button>
              <IconButton
                icon={X}
                name={`Take ${photo.name} away`}
                onClick={() => forgetOutside(photo.inspectionId)}
              />
            </li>
          ))}
        </ul>
        <Button look="plain" onClick={clearOutside}>
          Clear
        </Button>
      </section>
    </li>
  )
}
