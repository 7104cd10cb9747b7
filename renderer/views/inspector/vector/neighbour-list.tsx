// The nearest photos of the library, and the units that each similarity comes from.
import { Columns2, ScanEye } from 'lucide-react'
import type { PenultimateVector } from '../../../../preload/contract/inspector.ts'
import { IconButton } from '../../../ui/button.tsx'
import { formatShare } from '../../../ui/format.ts'
import { thumbUrl } from '../../../ui/image-urls.ts'
import { useLatent } from '../../../use-latent.ts'

interface NeighbourListProps {
  readonly vector: PenultimateVector
  readonly pointed: number | null
  readonly onPoint: (photoId: number | null) => void
  readonly onUnit: (unit: number) => void
}

export function NeighbourList({ vector, pointed, onPoint, onUnit }: NeighbourListProps) {
  const library = useLatent((state) => state.library)
  const inspect = useLatent((state) => state.inspect)
  const showView = useLatent((state) => state.showInspectorView)
  const model = useLatent((state) => state.inspectorModel)
  const { neighbours } = vector
  if (neighbours.length === 0) {
    return (
      <p className="neighbours-note">
        {library === null
          ? 'Open a folder to see which of your photos are nearest to this one.'
          : model !== null && model.id !== library.modelId
            ? `“${library.name}” holds the numbers of another model: use ${model.name} for it, in Models, to see which photos are nearest.`
            : 'No other photo of this library has been analysed yet.'}
      </p>
    )
  }
  return (
    <section className="neighbours" aria-labelledby="neighbours-title">
      <h3 id="neighbours-title">Nearest photos</h3>
      <ol>
        {neighbours.map(({ photo, similarity, sharedUnits }) => (
          <li
            key={photo.id}
            data-pointed={photo.id === pointed || undefined}
            onPointerEnter={() => onPoint(photo.id)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(photo.id)}
            onBlur={() => onPoint(null)}
          >
            <img src={thumbUrl(library?.id ?? '', photo)} alt="" draggable={false} />
            <div>
              <strong className="one-line" title={photo.name}>
                {photo.name}
              </strong>
              <span title="Cosine of the two vectors">{similarity.toFixed(3)} alike</span>
              <ul aria-label="Shared units">
                {sharedUnits.slice(0, 5).map(({ unit, share }) => (
                  <li key={unit}>
                    <button
                      type="button"
                      title={`${formatShare(share)} of the similarity: look at unit ${unit}`}
                      onClick={() => onUnit(unit)}
                    >
                      {unit}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
            <div className="acts">
              <IconButton
                icon={ScanEye}
                name={`Look inside ${photo.name}`}
                onClick={() => void inspect({ kind: 'photo', id: photo.id }, photo.name)}
              />
              <IconButton
                icon={Columns2}
                name={`Compare with ${photo.name}`}
                onClick={() => {
                  showView('compare')
                  void inspect({ kind: 'photo', id: photo.id }, photo.name, 'b')
                }}
              />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
