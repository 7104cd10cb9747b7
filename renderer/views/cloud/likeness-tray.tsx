// One tray of photos: those to be like, or those to be unlike.
import { useEffect } from 'react'
import type { TrayName } from '../../state/cloud-likeness.ts'
import { formatCount } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'

interface TrayProps {
  readonly tray: TrayName
  readonly name: string
  readonly ids: readonly number[]
}

const mostShown = 6

export function Tray({ tray, name, ids }: TrayProps) {
  const showPhotos = useLatent((state) => state.showPhotos)
  useEffect(() => showPhotos(ids.slice(0, mostShown)), [showPhotos, ids])
  return (
    <div className="tray" data-tray={tray}>
      <h3>{name}</h3>
      {ids.length === 0 && <small>nothing yet</small>}
      <ul aria-label={name}>
        {ids.slice(0, mostShown).map((id) => (
          <TrayPhoto key={id} id={id} />
        ))}
      </ul>
      {ids.length > mostShown && <small>and {formatCount(ids.length - mostShown)} more</small>}
    </div>
  )
}

function TrayPhoto({ id }: { readonly id: number }) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const row = useLatent((state) => state.rows.get(id)?.row)
  const remove = useLatent((state) => state.removeFromTrays)
  const name = row?.name ?? 'the photo'
  return (
    <li>
      <button
        type="button"
        aria-label={`Take ${name} out`}
        title={`Take ${name} out`}
        onClick={() => remove(id)}
      >
        {row?.hasThumbnail && <img src={thumbUrl(libraryId, row)} alt="" draggable={false} />}
      </button>
    </li>
  )
}
