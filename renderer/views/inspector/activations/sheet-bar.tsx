// Above the sheet of channels: order, search, scale, colours, size.
import { Search } from 'lucide-react'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { Select } from '../../../ui/select.tsx'
import { Slider } from '../../../ui/slider.tsx'
import { ColourLegend } from '../picture/colour-legend.tsx'
import { modeFor, rangeFor } from '../picture/layer-scale.ts'
import { ColourSelect, ScaleSwitch } from '../picture/map-look-controls.tsx'
import type { MapLook } from '../picture/use-map-look.ts'
import type { ChannelSort } from './channel-order.ts'

export const sheetSorts = [
  'strength',
  'mean',
  'sparsity',
  'number',
] as const satisfies readonly ChannelSort[]

const sortWords: Readonly<Record<ChannelSort, string>> = {
  strength: 'Strongest first',
  mean: 'Highest mean',
  sparsity: 'Least sparse',
  number: 'Number',
}

export const tileRangePx = { min: 32, max: 224, initial: 76 } as const

interface SheetBarProps {
  readonly maps: LayerMaps
  readonly content: SheetContent
  readonly look: MapLook
  readonly sort: ChannelSort
  readonly onSort: (sort: ChannelSort) => void
  readonly text: string
  readonly onText: (text: string) => void
  readonly cellPx: number
  readonly onCellPx: (cellPx: number) => void
}

export function SheetBar(props: SheetBarProps) {
  const { maps, content, look, sort, onSort, text, onText, cellPx, onCellPx } = props
  const shared = modeFor([maps], look.scaleMode) === 'layer'
  const range = shared ? rangeFor([maps], 0, 'layer', content.colours === 'polar') : null
  return (
    <div className="view-bar">
      <Select
        bare
        name="Order"
        value={sort}
        choices={sheetSorts.map((value) => [value, sortWords[value]])}
        onChange={onSort}
      />
      <div className="search">
        <Search size={13} aria-hidden="true" />
        <input
          type="search"
          aria-label="Find a channel by number"
          placeholder="Number"
          title="A number, a list or a range: 3, 40-47"
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <Slider
        name="Tile size"
        value={cellPx}
        min={tileRangePx.min}
        max={tileRangePx.max}
        step={4}
        text={`${cellPx} pixels`}
        showValue={false}
        onChange={onCellPx}
      />
      <ScaleSwitch look={look} />
      <ColourSelect look={look} />
      <ColourLegend colours={content.colours} range={range} />
    </div>
  )
}
