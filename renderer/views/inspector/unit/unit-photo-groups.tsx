// The library's photos that a unit answers to most, and those that leave it cold.
import './unit-photos.css'
import { Crop, Images } from 'lucide-react'
import type { LayerInfo, UnitPhotos } from '../../../../preload/contract/inspector.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatCounted } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { useRemembered } from '../../../ui/use-remembered.ts'
import { useLatent } from '../../../use-latent.ts'
import { SavePicture } from '../picture/save-picture.tsx'
import { Trouble } from '../trouble.tsx'
import { drawUnitPhotos } from './draw-unit-photos.ts'
import { UnitPhotoTile } from './unit-photo-tile.tsx'

interface UnitPhotoGroupsProps {
  readonly session: string
  readonly layer: LayerInfo
  readonly channel: number
}

const showings = ['patch', 'whole'] as const

export function UnitPhotoGroups({ session, layer, channel }: UnitPhotoGroupsProps) {
  const found = useLatent((state) => state.unitPhotos)
  const failure = useLatent((state) => state.unitPhotosFailure)
  const patches = useLatent((state) => state.unitPatches)
  const libraryId = useLatent((state) => state.library?.id ?? '')
  const hasLibrary = useLatent((state) => state.library !== null)
  const pickFolder = useLatent((state) => state.pickFolder)
  const loadUnit = useLatent((state) => state.loadUnit)
  const [showing, setShowing] = useRemembered('inspector.unit-photos', showings)
  const photos: UnitPhotos | null =
    found?.layer === layer.name && found.channel === channel ? found : null
  if (!hasLibrary) {
    return (
      <section className="unit-photos" aria-label="Photos of your library">
        <EmptyState icon={Images} title="See your own photos here">
          <p>
            Open a folder, and the photos that excite this unit most are shown with the place that
            does.
          </p>
          <Button look="plain" onClick={() => void pickFolder()}>
            Open folder
          </Button>
        </EmptyState>
      </section>
    )
  }
  if (failure !== null) {
    return (
      <section className="unit-photos" aria-label="Photos of your library">
        {failure.code === 'not-found' ? (
          <EmptyState icon={Images} title="No photos for this unit">
            <p>
              {failure.message}{' '}
              {failure.hint || 'Photos are collected for whole layers while they are analysed.'}
            </p>
          </EmptyState>
        ) : (
          <Trouble
            failure={failure}
            onRetry={() => void loadUnit({ layer: layer.name, channel })}
          />
        )}
      </section>
    )
  }
  const waiting = Array.from({ length: 9 }, (_, at) => at)
  return (
    <section className="unit-photos view-scroll" aria-label="Photos of your library">
      <header>
        <h3>Excite it most</h3>
        <span className="view-title" role="status">
          {photos === null
            ? 'Looking through your library…'
            : photos.most.length === 0
              ? ''
              : `of ${formatCounted(photos.photosSeen, 'photo')}`}
        </span>
        <Segmented
          name="Show"
          value={showing}
          choices={[
            ['patch', 'Patches', Crop],
            ['whole', 'Whole photos', Images],
          ]}
          onChange={setShowing}
        />
        {photos !== null && photos.most.length > 0 && (
          <SavePicture
            session={session}
            title={`${layer.name}, photos of unit ${channel}`}
            draw={() => drawUnitPhotos(libraryId, photos.most, patches, showing === 'whole')}
            small
          />
        )}
      </header>
      {photos !== null && photos.most.length === 0 ? (
        <p className="unit-note">
          No photo of this library has been looked at for this unit yet. Photos are collected while
          they are analysed.
        </p>
      ) : (
        <ol className="unit-grid">
          {photos === null
            ? waiting.map((at) => <li key={at} className="unit-photo waiting" />)
            : photos.most.map((unitPhoto) => (
                <UnitPhotoTile
                  key={unitPhoto.photo.id}
                  unitPhoto={unitPhoto}
                  patch={patches.get(unitPhoto.photo.id) ?? null}
                  whole={showing === 'whole'}
                />
              ))}
        </ol>
      )}
      {photos !== null && photos.least.length > 0 && (
        <>
          <header>
            <h3>Leave it cold</h3>
          </header>
          <ol className="unit-grid small">
            {photos.least.map((unitPhoto) => (
              <UnitPhotoTile
                key={unitPhoto.photo.id}
                unitPhoto={unitPhoto}
                patch={patches.get(unitPhoto.photo.id) ?? null}
                whole
              />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
