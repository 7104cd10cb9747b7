// Vector: the photo as one row of numbers, and the photos whose numbers are alike.
import './vector-view.css'
import { Loader } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { PenultimateVector } from '../../../../preload/contract/inspector.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatCount } from '../../../ui/format.ts'
import { useLatent } from '../../../use-latent.ts'
import { valueWords } from '../network/layer-words.ts'
import { ExportTensor, SavePicture } from '../picture/save-picture.tsx'
import { useMapLook } from '../picture/use-map-look.ts'
import { Trouble } from '../trouble.tsx'
import type { InspectedProps } from '../view-panel.tsx'
import { Barcode, paintBarcode } from './barcode.tsx'
import { NeighbourList } from './neighbour-list.tsx'

export function VectorView({ photo }: InspectedProps) {
  const vector = useLatent((state) => state.vector)
  const failure = useLatent((state) => state.vectorFailure)
  const load = useLatent((state) => state.loadVector)
  const { session } = photo
  useEffect(() => {
    void load(session)
  }, [load, session])
  if (failure !== null) return <Trouble failure={failure} onRetry={() => void load(session)} />
  if (vector === null) return <EmptyState icon={Loader} title="Reading the vector…" />
  return <VectorPanels session={session} vector={vector.value} busy={vector.session !== session} />
}

interface VectorPanelsProps {
  readonly session: string
  readonly vector: PenultimateVector
  readonly busy: boolean
}

const none: ReadonlySet<number> = new Set()

function VectorPanels({ session, vector, busy }: VectorPanelsProps) {
  const lookAtUnit = useLatent((state) => state.lookAtUnit)
  const { coloursFor } = useMapLook()
  const [pointed, setPointed] = useState<number | null>(null)
  const [neighbour, setNeighbour] = useState<number | null>(null)
  const { values, neighbours, layer } = vector
  const colours = useMemo(() => coloursFor(values.some((value) => value < 0)), [values, coloursFor])
  const shared = neighbours.find(({ photo }) => photo.id === neighbour)?.sharedUnits
  const lit = useMemo(
    () => (shared === undefined ? none : new Set(shared.map(({ unit }) => unit))),
    [shared],
  )
  const draw = (): OffscreenCanvas => {
    const canvas = new OffscreenCanvas(1, 1)
    paintBarcode(canvas, values, colours, none, 2048, 512, 1)
    return canvas
  }
  return (
    <div className="vector view-scroll" aria-busy={busy}>
      <div className="view-bar">
        <h3>{layer}</h3>
        <output className="view-title">
          {pointed === null
            ? `${formatCount(values.length)} units; point at one to read it`
            : `Unit ${pointed}: ${valueWords(values[pointed] ?? 0)}`}
        </output>
        <div className="end">
          <SavePicture session={session} title={`${layer}, vector`} draw={draw} />
          <ExportTensor session={session} layer={layer} />
        </div>
      </div>
      <Barcode
        values={values}
        colours={colours}
        lit={lit}
        pointed={pointed}
        onPoint={setPointed}
        onChoose={(unit) => lookAtUnit(layer, unit)}
      />
      <NeighbourList
        vector={vector}
        pointed={neighbour}
        onPoint={setNeighbour}
        onUnit={(unit) => lookAtUnit(layer, unit)}
      />
    </div>
  )
}
