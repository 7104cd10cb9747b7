// The photos that are most like others, best first, and the trays that say like which.
import './neighbour-strip.css'
import { Plus, ThumbsDown, X } from 'lucide-react'
import type { CloudNeighbour } from '../../../preload/contract/cloud.ts'
import { placeOf } from '../../state/cloud-points.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'
import { motionMs } from './glide.ts'
import { Tray } from './likeness-tray.tsx'
import { useScene } from './scene-context.ts'
import { useShownNeighbours } from './use-shown-neighbours.ts'

export function NeighbourStrip() {
  const shown = useShownNeighbours()
  const trays = useLatent((state) => state.trays)
  const failure = useLatent((state) => state.neighboursFailure)
  const showNeighbours = useLatent((state) => state.showNeighbours)
  const clearTrays = useLatent((state) => state.clearTrays)
  const showOutside = useLatent((state) => state.showOutside)
  const openPreview = useLatent((state) => state.openPreview)
  if (failure !== null && shown === null) {
    return (
      <p className="neighbour-strip cloud-plate" role="alert">
        {failure.message} {failure.hint}
      </p>
    )
  }
  if (shown === null) return null
  const { outside, found } = shown
  const close = (): void => {
    if (outside !== null) showOutside(null)
    else if (trays !== null) clearTrays()
    else showNeighbours(false)
  }
  return (
    <section className="neighbour-strip cloud-plate" aria-label="Nearest photos">
      <header>
        {outside !== null ? (
          <h3 className="would-lie" title={outside.name}>
            <span className="one-line">“{outside.name}”</span> would lie here, near
          </h3>
        ) : trays !== null ? (
          <>
            <Tray tray="more" name="More like" ids={trays.more} />
            <Tray tray="less" name="Less like" ids={trays.less} />
            <Button onClick={clearTrays}>Start over</Button>
          </>
        ) : (
          <h3>Most alike to the network</h3>
        )}
        <IconButton icon={X} name="Hide the nearest photos" hint="Hide (N)" onClick={close} />
      </header>
      <ol>
        {found.map((neighbour) => (
          <Neighbour
            key={neighbour.photo.id}
            neighbour={neighbour}
            open={() =>
              openPreview(
                neighbour.photo.id,
                Uint32Array.from(found, ({ photo }) => photo.id),
              )
            }
          />
        ))}
      </ol>
      {found.length === 0 && <p>No other photo has been analysed yet.</p>}
    </section>
  )
}

interface NeighbourProps {
  readonly neighbour: CloudNeighbour
  /** Shows it large. */
  readonly open: () => void
}

function Neighbour({ neighbour: { photo, similarity }, open }: NeighbourProps) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const ids = useLatent((state) => state.cloudData?.points.ids)
  const pick = useLatent((state) => state.pick)
  const addToTray = useLatent((state) => state.addToTray)
  const hasTrays = useLatent((state) => state.trays !== null)
  const scene = useScene()
  const goThere = (): void => {
    if (hasTrays) pick(photo.id, 'focus')
    else pick(photo.id, 'only')
    const place = ids === undefined ? -1 : placeOf(ids, photo.id)
    if (place >= 0) scene?.approach(place, motionMs())
  }
  return (
    <li>
      <button
        type="button"
        aria-label={`${photo.name}, ${similarity.toFixed(2)} alike`}
        title={photo.name}
        onClick={goThere}
        onDoubleClick={open}
      >
        <img src={thumbUrl(libraryId, photo)} alt="" draggable={false} />
        <small>{similarity.toFixed(2)}</small>
      </button>
      <span>
        <IconButton
          icon={Plus}
          name={`More like ${photo.name}`}
          onClick={() => addToTray('more', [photo.id])}
        />
        <IconButton
          icon={ThumbsDown}
          name={`Less like ${photo.name}`}
          onClick={() => addToTray('less', [photo.id])}
        />
      </span>
    </li>
  )
}
