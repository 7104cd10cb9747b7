// What a network that was brought says to a photo, and what the guesses about it rest on.
import type { ModelTrial } from '../../../preload/contract/models.ts'
import type { BroughtModel } from '../../state/model-trial-slice.ts'
import { formatMs } from '../../ui/format.ts'
import { thumbUrl } from '../../ui/image-urls.ts'
import { LabelBars } from '../../ui/label-bars.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useLatent } from '../../use-latent.ts'

interface TrialPreviewProps {
  readonly brought: BroughtModel
  readonly trial: ModelTrial
}

const shownLayers = 8

export function TrialPreview({ brought, trial }: TrialPreviewProps) {
  const tryOn = useLatent((state) => state.tryModelOn)
  const library = useLatent((state) => state.library)
  const selected = useLatent((state) => state.selection.ids.values().next().value ?? null)
  const row = useLatent((state) => state.rows.get(brought.photoId ?? -1)?.row)
  const { card, labels, notes, layers } = trial
  const own = brought.photoId !== null
  return (
    <aside className="model-preview" aria-label="Try on a photo">
      {(selected !== null || own) && (
        <Segmented
          name="Photo"
          value={own ? 'own' : 'example'}
          choices={[
            ['example', 'Example photo'],
            ['own', 'Selected photo'],
          ]}
          onChange={(choice) => void tryOn(choice === 'own' ? (selected ?? brought.photoId) : null)}
        />
      )}
      {own && library !== null && row !== undefined ? (
        <img src={thumbUrl(library.id, row)} alt={row.name} draggable={false} />
      ) : (
        <img src="/example" alt="A Labrador retriever" draggable={false} />
      )}
      {labels.length > 0 && <LabelBars labels={labels} />}
      {labels.length === 0 && (
        <p>
          {card.output.kind === 'none' && trial.pair === null
            ? 'This model has no labels: it compares photos.'
            : 'This photo could not be read: try another one.'}
        </p>
      )}
      <small>
        {own ? trial.photoName : 'The example photo shows a Labrador retriever.'}{' '}
        {card.output.kind === 'none' ? 'Looked at in' : 'Classified in'}{' '}
        {formatMs(trial.msPerPhoto)}.
      </small>
      <h3>What the guesses rest on</h3>
      <ul className="selectable">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {layers.length > 0 && (
        <small className="selectable">
          {layers.length} layers: {layers.slice(0, shownLayers).join(', ')}
          {layers.length > shownLayers && ' …'}
        </small>
      )}
    </aside>
  )
}
