// A model that was brought: its card with every guess open to correction, and a try on a photo.
import './model-import.css'
import { Check, FlaskConical, X } from 'lucide-react'
import type { BroughtModel } from '../../state/model-trial-slice.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatBytes } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import { CardForm } from './card-form.tsx'
import { TrialPreview } from './trial-preview.tsx'

export function ModelImport({ brought }: { readonly brought: BroughtModel }) {
  const { fileName, trial, trying, failure } = brought
  return (
    <div className="model-import" aria-busy={trying}>
      <header>
        <div>
          <h2 className="one-line" title={fileName}>
            {fileName}
          </h2>
          <p className="one-line" role="status">
            {statusWords(brought)}
          </p>
        </div>
        <ImportButtons brought={brought} />
      </header>
      <div className="model-form">
        {failure !== null && (
          <p className="trouble-note selectable" role="alert">
            {failure.message}
            {failure.hint !== '' && <span>{failure.hint}</span>}
            {trial === null && <span>The model in use is not affected.</span>}
          </p>
        )}
        {trial !== null && <CardForm brought={brought} trial={trial} />}
      </div>
      {trial === null ? (
        <aside className="model-preview">
          {trying && <EmptyState icon={FlaskConical} title="Trying the network…" />}
        </aside>
      ) : (
        <TrialPreview brought={brought} trial={trial} />
      )}
    </div>
  )
}

function statusWords({ trial, trying, failure, changed }: BroughtModel): string {
  if (trying) return 'Reading, rewriting and running it, in a process of its own…'
  if (failure !== null) return 'It cannot be used like this.'
  if (changed) return 'The card was changed: try again to see what comes of it.'
  if (trial === null) return ''
  const hasLabels = trial.card.output.kind !== 'none' || trial.pair !== null
  const check = hasLabels ? 'whether the labels fit the photo' : 'its colours'
  return `${formatBytes(trial.sizeBytes)}. It runs; check ${check}, then install it.`
}

function ImportButtons({ brought }: { readonly brought: BroughtModel }) {
  const again = useLatent((state) => state.tryModelAgain)
  const install = useLatent((state) => state.installModel)
  const discard = useLatent((state) => state.discardModel)
  const { trial, trying, failure, changed, installing } = brought
  const stale = changed || failure !== null
  return (
    <>
      <Button icon={X} onClick={discard}>
        {trial === null && !trying ? 'Close' : 'Discard'}
      </Button>
      {trial !== null && (
        <Button
          look={stale ? 'primary' : 'plain'}
          icon={FlaskConical}
          disabled={trying || installing}
          onClick={() => void again()}
        >
          Try again
        </Button>
      )}
      {trial !== null && (
        <Button
          look={stale ? 'plain' : 'primary'}
          icon={Check}
          disabled={trying || installing || stale}
          onClick={() => void install()}
        >
          Install
        </Button>
      )}
    </>
  )
}
