// All labels of the library with their counts; a click filters by one, further clicks add more.
import './label-panel.css'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { useLatent } from '../../use-latent.ts'
import { arrangeLabels } from './arrange-labels.ts'
import { useLabelNames } from './use-label-names.ts'

const rowHeightPx = 36

export function LabelPanel() {
  const counts = useLatent((state) => state.labelCounts)
  const chosen = useLatent((state) => state.filter.labels)
  const toggleLabel = useLatent((state) => state.toggleLabel)
  const isEncoder = useLatent(
    ({ models }) => models?.installed.find(({ id }) => id === models.currentId)?.labels === 'none',
  )
  const [text, setText] = useState('')
  const nameOf = useLabelNames()
  const rows = useMemo(
    () => arrangeLabels(counts, chosen, text, nameOf),
    [counts, chosen, text, nameOf],
  )
  const mostCount = counts[0]?.count ?? 1

  return (
    <aside className="label-panel" aria-label="Label panel">
      <header>
        <h2>Labels</h2>
        <span>{counts.length > 0 && formatCount(counts.length)}</span>
      </header>
      <div className="search">
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          aria-label="Find a label"
          placeholder="Find a label"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {rows.length === 0 && (
        <p>
          {isEncoder
            ? 'This model has no labels: the Cloud shows which photos are alike.'
            : text === ''
              ? 'Labels appear as photos are analysed.'
              : 'No label has this name.'}
        </p>
      )}
      <VirtualList name="Labels" items={rows} rowHeightPx={rowHeightPx} keyOf={(row) => row.index}>
        {(row) => (
          <button
            type="button"
            className="label-row"
            aria-pressed={row.chosen}
            aria-label={`${row.name}, ${formatCounted(row.count, 'photo')}`}
            title={row.name}
            onClick={() => toggleLabel(row.index)}
          >
            <span className="one-line">{row.name}</span>
            <span>{formatCount(row.count)}</span>
            <Meter share={row.count / mostCount} quiet={!row.chosen} />
          </button>
        )}
      </VirtualList>
    </aside>
  )
}
