// The photos that two models place most differently.
import { useEffect, useMemo } from 'react'
import type { CloudMorph } from '../../../preload/contract/cloud.ts'
import { farthest } from '../../state/cloud-morph-slice.ts'
import type { CloudData } from '../../state/cloud-points.ts'
import { Button } from '../../ui/button.tsx'
import { thumbUrl } from '../../ui/image-urls.ts'
import { useLatent } from '../../use-latent.ts'

interface FarthestListProps {
  readonly data: CloudData
  readonly morph: CloudMorph
}

const listed = 24

export function FarthestList({ data: { points }, morph }: FarthestListProps) {
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const focusId = useLatent((state) => state.selection.focusId)
  const rows = useLatent((state) => state.rows)
  const pick = useLatent((state) => state.pick)
  const selectPhotos = useLatent((state) => state.selectPhotos)
  const showPhotos = useLatent((state) => state.showPhotos)
  const places = useMemo(() => farthest(morph, listed), [morph])
  const ids = useMemo(() => places.map((place) => points.ids[place] ?? 0), [places, points])
  useEffect(() => showPhotos(ids), [ids, showPhotos])
  return (
    <fieldset>
      <legend>These move farthest</legend>
      <ul className="farthest" aria-label="These move farthest">
        {places.map((place, at) => {
          const id = ids[at] ?? 0
          const row = rows.get(id)?.row
          const label = points.classNames[points.classes[place] ?? -1] ?? ''
          const about = `${row?.name ?? label}: ${(morph.distances[place] ?? 0).toFixed(1)} times the Cloud’s mean radius`
          return (
            <li key={id}>
              <button
                type="button"
                aria-pressed={focusId === id}
                aria-label={about}
                title={about}
                onClick={() => pick(id, 'only')}
              >
                {row?.hasThumbnail && (
                  <img src={thumbUrl(libraryId, row)} alt="" loading="lazy" draggable={false} />
                )}
                <span className="one-line">{label}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <Button onClick={() => selectPhotos(ids, 'replace')}>Select all of these</Button>
    </fieldset>
  )
}
