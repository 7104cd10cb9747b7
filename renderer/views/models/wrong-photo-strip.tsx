// Photos that are got wrong; a click looks at one in the preview.
import type { WrongPhotos } from '../../../preload/contract/truth.ts'
import { formatCounted } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'

interface WrongPhotoStripProps {
  readonly title: string
  readonly found: WrongPhotos
}

export function WrongPhotoStrip({ title, found }: WrongPhotoStripProps) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const openPreview = useLatent((state) => state.openPreview)
  if (found.count === 0) return null
  return (
    <div className="wrong-photos">
      <h3>
        {title} <small>{formatCounted(found.count, 'photo')}</small>
      </h3>
      <ul aria-label={title}>
        {found.examples.map((photo) => {
          const [best] = photo.labels
          const about = `${photo.name}${best === undefined ? '' : `: the model in use says ${best.name}`}`
          return (
            <li key={photo.id}>
              <button
                type="button"
                title={about}
                aria-label={about}
                onClick={() => openPreview(photo.id)}
              >
                <img src={thumbUrl(libraryId, photo)} alt="" loading="lazy" draggable={false} />
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
