// The dream of one cell, or how far it is.
import { type AtlasCellPlace, cellDreamUrl } from '../../../preload/contract/activation-atlas.ts'
import { cellKey } from '../../state/activation-atlas-slice.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'

interface CellDreamPictureProps {
  readonly atlasId: string
  readonly cell: AtlasCellPlace
}

export function CellDreamPicture({ atlasId, cell }: CellDreamPictureProps) {
  const dream = useLatent((state) => state.cellDreams.get(cellKey(cell)))
  if (dream?.state === 'done') {
    return (
      <img
        className="cell-dream"
        src={cellDreamUrl(atlasId, cell)}
        alt="Dream of the cell’s mean activation"
        draggable={false}
      />
    )
  }
  return (
    <div className="cell-dream waiting" role="status" aria-busy={dream?.state !== 'failed'}>
      {dream?.state === 'failed' ? (
        <span>{dream.reason}</span>
      ) : (
        <>
          <span>{dream === undefined ? 'Waiting for its turn…' : 'Dreaming…'}</span>
          <Meter share={dream?.fraction ?? null} />
        </>
      )}
    </div>
  )
}
