// How points look: drawn as photos or dots, in how many dimensions, coloured by what, and the legend.
import './look-panel.css'
import { CircleDot, Images } from 'lucide-react'
import { colourByNames } from '../../state/cloud-colour-by.ts'
import type { Legend } from '../../state/cloud-legend.ts'
import { pointScaleRange } from '../../state/cloud-view-slice.ts'
import { canDescribe } from '../../state/describing.ts'
import { formatShare } from '../../ui/format.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useLatent } from '../../use-latent.ts'
import { LegendList } from './legend-list.tsx'

const drawings = [
  ['photos', 'Photos', Images],
  ['points', 'Points', CircleDot],
] as const

const dimensions = [
  ['3', '3-D'],
  ['2', '2-D'],
] as const

export function LookPanel({ legend }: { readonly legend: Legend | null }) {
  const drawing = useLatent((state) => state.cloudDrawing)
  const chooseDrawing = useLatent((state) => state.chooseDrawing)
  const dims = useLatent((state) => state.cloudStatus?.settings.dims ?? 3)
  const layOut = useLatent((state) => state.layOutCloud)
  const scale = useLatent((state) => state.cloudPointScale)
  const chooseScale = useLatent((state) => state.choosePointScale)
  const colourBy = useLatent((state) => state.cloudColourBy)
  const chooseColourBy = useLatent((state) => state.chooseColourBy)
  const someSelected = useLatent((state) => state.selection.ids.size > 0 || state.trays !== null)
  const describable = useLatent(canDescribe)
  return (
    <section className="look-panel cloud-plate" aria-label="Look">
      <Segmented name="Drawing" value={drawing} choices={drawings} onChange={chooseDrawing} />
      <div className="look-row">
        <Segmented
          name="Dimensions"
          value={dims === 3 ? '3' : '2'}
          choices={dimensions}
          onChange={(value) => void layOut({ dims: value === '3' ? 3 : 2 })}
        />
        <Slider
          name="Size"
          {...pointScaleRange}
          value={scale}
          text={formatShare(scale)}
          showValue={false}
          onChange={chooseScale}
        />
      </div>
      <Select name="Colour by" value={colourBy} choices={colourByNames} onChange={chooseColourBy} />
      {colourBy === 'similarity' && legend === null && !someSelected && (
        <p className="look-note">
          Select photos to see how alike the others are
          {describable && ', or describe what to look for'}.
        </p>
      )}
      {legend !== null && <LegendList legend={legend} />}
    </section>
  )
}
