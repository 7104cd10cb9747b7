// The filters in force as chips, each removed by a click, and how many photos they leave.
import './active-filters.css'
import { X } from 'lucide-react'
import { isDescribing, isFiltering } from '../../state/query-slice.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatCounted, formatShare } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { useLabelNames } from './use-label-names.ts'

export function ActiveFilters() {
  const filter = useLatent((state) => state.filter)
  const shown = useLatent((state) => state.list?.ids.length ?? 0)
  const total = useLatent((state) => state.library?.photoCount ?? 0)
  const changeFilter = useLatent((state) => state.changeFilter)
  const toggleLabel = useLatent((state) => state.toggleLabel)
  const clearFilter = useLatent((state) => state.clearFilter)
  const labelName = useLabelNames()
  if (!isFiltering(filter)) return null
  return (
    <div className="active-filters">
      <span role="status">
        {formatCount(shown)} of {formatCounted(total, 'photo')}
      </span>
      {filter.text.trim() !== '' && (
        <Chip text={`“${filter.text.trim()}”`} onRemove={() => changeFilter({ text: '' })} />
      )}
      {isDescribing(filter) && (
        <Chip
          text={`Shows “${filter.described?.trim() ?? ''}”`}
          onRemove={() => changeFilter({ described: undefined, similarFrom: undefined })}
        />
      )}
      {filter.labels.map((index) => (
        <Chip key={index} text={labelName(index)} onRemove={() => toggleLabel(index)} />
      ))}
      {filter.minProbability > 0 && (
        <Chip
          text={`At least ${formatShare(filter.minProbability)}`}
          onRemove={() => changeFilter({ minProbability: 0 })}
        />
      )}
      {filter.truth !== null && (
        <Chip
          text={filter.truth === 'corrected' ? 'Corrected' : 'Labelled wrong'}
          onRemove={() => changeFilter({ truth: null })}
        />
      )}
      <Button onClick={clearFilter}>Clear all</Button>
    </div>
  )
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <button
      type="button"
      className="filter-chip"
      aria-label={`Remove filter ${text}`}
      onClick={onRemove}
    >
      <span className="one-line">{text}</span>
      <X size={12} aria-hidden="true" />
    </button>
  )
}
