// The Library workspace: labels on the left, filters above, photos everywhere else.
import './library-view.css'
import { useState } from 'react'
import { ActiveFilters } from './active-filters.tsx'
import { FilterBar } from './filter-bar.tsx'
import { GridArea } from './grid-area.tsx'
import { LabelPanel } from './label-panel.tsx'
import { SelectionBar } from './selection-bar.tsx'

export function LibraryView() {
  const [labelsShown, setLabelsShown] = useState(true)
  return (
    <div className="library">
      <FilterBar labelsShown={labelsShown} onShowLabels={setLabelsShown} />
      {labelsShown ? <LabelPanel /> : <span />}
      <div className="library-main">
        <ActiveFilters />
        <GridArea />
        <SelectionBar />
      </div>
    </div>
  )
}
