// The views of a photo inside the network, and of the network itself.
import './view-tabs.css'
import { Info } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { InspectorView } from '../../state/inspector-slice.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'

export const inspectorViews: readonly (readonly [InspectorView, string])[] = [
  ['prediction', 'Prediction'],
  ['kernels', 'Kernels'],
  ['activations', 'Activations'],
  ['why', 'Why'],
  ['unit', 'Unit'],
  ['vector', 'Vector'],
  ['compare', 'Compare'],
  ['time', 'Time'],
]

export function ViewTabs() {
  const current = useLatent((state) => state.inspectorView)
  const show = useLatent((state) => state.showInspectorView)
  const explained = useLatent((state) => state.explanationShown)
  const showExplanation = useLatent((state) => state.showExplanation)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = inspectorViews.findIndex(([view]) => view === current)
    const last = inspectorViews.length - 1
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    }
    const next = inspectorViews[moves[event.key] ?? -1]
    if (next === undefined) return
    event.preventDefault()
    show(next[0])
    event.currentTarget.querySelector<HTMLElement>(`#inspector-tab-${next[0]}`)?.focus()
  }

  return (
    <div className="view-tabs">
      <div role="tablist" aria-label="Views" onKeyDown={onKeyDown}>
        {inspectorViews.map(([view, name]) => (
          <button
            key={view}
            id={`inspector-tab-${view}`}
            type="button"
            className="tab"
            role="tab"
            aria-selected={view === current}
            aria-controls={view === current ? `inspector-panel-${view}` : undefined}
            tabIndex={view === current ? 0 : -1}
            onClick={() => show(view)}
          >
            {name}
          </button>
        ))}
      </div>
      <Button
        icon={Info}
        aria-pressed={explained}
        title={explained ? 'Hide the explanation' : 'Show what this view means'}
        onClick={() => showExplanation(!explained)}
      >
        Explain
      </Button>
    </div>
  )
}
