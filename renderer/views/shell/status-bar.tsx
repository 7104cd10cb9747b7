// The lower bar: counts of the library, and which model runs where.
import './status-bar.css'
import { formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { engineLine, engineTrials } from './engine-words.ts'

export function StatusBar() {
  const library = useLatent((state) => state.library)
  const engine = useLatent((state) => state.engine)
  const waiting = library?.waitingCount ?? 0
  const counts =
    library === null
      ? ['Everything stays on this computer']
      : [
          formatCounted(library.photoCount, 'photo'),
          waiting > 0 ? `${formatCounted(waiting, 'photo')} waiting` : '',
          library.problemCount > 0 ? formatCounted(library.problemCount, 'problem') : '',
          library.offline ? 'offline' : '',
        ]
  return (
    <footer className="status-bar">
      <span data-testid="library-counts">{counts.filter((text) => text !== '').join(' · ')}</span>
      {engine && (
        <span
          className="engine-status"
          role="status"
          data-testid="engine-status"
          data-state={engine.state}
          title={engineTrials(engine)}
        >
          <span className="one-line">{engineLine(engine)}</span>
        </span>
      )}
    </footer>
  )
}
