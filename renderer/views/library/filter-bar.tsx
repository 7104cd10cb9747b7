// What narrows and orders the grid: search, minimum probability, sort, tile size.
import './filter-bar.css'
import {
  ArrowDownNarrowWide,
  ArrowDownWideNarrow,
  Grid2x2,
  PanelLeftClose,
  PanelLeftOpen,
} from 'lucide-react'
import type { PhotoSort } from '../../../preload/contract/domain.ts'
import { isDescribing } from '../../state/query-slice.ts'
import { rowHeightRangePx } from '../../state/settings-slice.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatShare } from '../../ui/format.ts'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useLatent } from '../../use-latent.ts'
import { SearchBox } from './search-box.tsx'
import { SimilarityFrom } from './similarity-from.tsx'

interface FilterBarProps {
  readonly labelsShown: boolean
  readonly onShowLabels: (shown: boolean) => void
}

export function FilterBar({ labelsShown, onShowLabels }: FilterBarProps) {
  const described = useLatent(({ filter }) => isDescribing(filter))
  return (
    <div className="filter-bar" role="toolbar" aria-label="Filters and order">
      <IconButton
        icon={labelsShown ? PanelLeftClose : PanelLeftOpen}
        name={labelsShown ? 'Hide label panel' : 'Show label panel'}
        aria-expanded={labelsShown}
        onClick={() => onShowLabels(!labelsShown)}
      />
      <SearchBox />
      {described ? <SimilarityFrom /> : <MinimumProbability />}
      <TruthChoice />
      <span className="spacer" />
      {described ? <span className="sort-note">Most similar first</span> : <SortChoice />}
      <TileSize />
    </div>
  )
}

function MinimumProbability() {
  const value = useLatent((state) => state.filter.minProbability)
  const changeFilter = useLatent((state) => state.changeFilter)
  return (
    <Slider
      name="Minimum probability"
      label={<span>At least</span>}
      value={value}
      min={0}
      max={0.99}
      step={0.01}
      text={value === 0 ? 'Any' : formatShare(value)}
      onChange={(minProbability) => changeFilter({ minProbability })}
    />
  )
}

const truths = [
  ['all', 'Right or wrong'],
  ['corrected', 'Corrected'],
  ['wrong', 'Labelled wrong'],
] as const

function TruthChoice() {
  const truth = useLatent((state) => state.filter.truth)
  const changeFilter = useLatent((state) => state.changeFilter)
  return (
    <Select
      bare
      name="By what photos really show"
      value={truth ?? 'all'}
      choices={truths}
      onChange={(chosen) => changeFilter({ truth: chosen === 'all' ? null : chosen })}
    />
  )
}

const orders: readonly (readonly [PhotoSort['by'], string])[] = [
  ['date', 'Date'],
  ['name', 'Name'],
  ['probability', 'Probability'],
]

function SortChoice() {
  const sort = useLatent((state) => state.sort)
  const changeSort = useLatent((state) => state.changeSort)
  return (
    <span className="choice">
      <select
        aria-label="Sort by"
        value={sort.by}
        onChange={(event) => {
          const chosen = orders.find(([by]) => by === event.currentTarget.value)
          if (chosen) changeSort({ by: chosen[0], descending: chosen[0] !== 'name' })
        }}
      >
        {orders.map(([by, name]) => (
          <option key={by} value={by}>
            {name}
          </option>
        ))}
      </select>
      <IconButton
        icon={sort.descending ? ArrowDownWideNarrow : ArrowDownNarrowWide}
        name={sort.descending ? 'Descending' : 'Ascending'}
        hint={sort.descending ? 'Highest or latest first' : 'Lowest or earliest first'}
        onClick={() => changeSort({ descending: !sort.descending })}
      />
    </span>
  )
}

function TileSize() {
  const rowHeightPx = useLatent((state) => state.settings.rowHeightPx)
  const changeSettings = useLatent((state) => state.changeSettings)
  const { min, max } = rowHeightRangePx
  return (
    <Slider
      name="Photo size"
      label={<Grid2x2 size={14} aria-hidden="true" />}
      value={rowHeightPx}
      min={min}
      max={max}
      step={10}
      text={`${rowHeightPx} pixels`}
      showValue={false}
      onChange={(wantedPx) => changeSettings({ rowHeightPx: wantedPx })}
    />
  )
}
