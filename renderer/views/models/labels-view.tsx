// The labels of a model that came with a text network: a list, and the sentences they are asked in.
import './labels-view.css'
import { ArrowLeft, Check, Square } from 'lucide-react'
import { useState } from 'react'
import type { LabelList } from '../../../preload/contract/models.ts'
import type { LabelEditor } from '../../state/labels-slice.ts'
import { Button } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useLatent } from '../../use-latent.ts'

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export function LabelsView({ editor }: { readonly editor: LabelEditor }) {
  const close = useLatent((state) => state.closeLabels)
  const change = useLatent((state) => state.changeLabels)
  const stop = useLatent((state) => state.stopLabels)
  const { name, labels, fraction } = editor
  const [kind, setKind] = useState<LabelList['kind']>('own')
  const [names, setNames] = useState(labels.names.join('\n'))
  const [sentences, setSentences] = useState(labels.templates.join('\n'))
  const busy = fraction !== null
  const own = linesOf(names)
  const templates = linesOf(sentences)
  const list: LabelList = kind === 'own' ? { kind, names: [...own] } : { kind }
  return (
    <div className="models labels-view">
      <header>
        <Button className="flush" icon={ArrowLeft} onClick={close}>
          All models
        </Button>
        <h2 className="one-line">Labels of {name}</h2>
        {busy ? (
          <Button look="plain" icon={Square} onClick={() => void stop()}>
            Stop
          </Button>
        ) : (
          <Button
            look="primary"
            icon={Check}
            disabled={templates.length === 0 || (kind === 'own' && own.length < 2)}
            onClick={() => void change(list, templates)}
          >
            Use these labels
          </Button>
        )}
      </header>
      <p role="status">
        {busy
          ? 'Reading the labels…'
          : 'Photos that this model has seen get their new labels at once: none is looked at again.'}
      </p>
      {busy && <Meter share={fraction} />}
      <Segmented
        name="List of labels"
        value={kind}
        choices={[
          ['own', 'Your own'],
          ['subjects', 'Common subjects'],
          ['imagenet', 'ImageNet’s'],
        ]}
        onChange={setKind}
      />
      <div className="label-texts">
        {kind === 'own' && (
          <label>
            <span>Labels, a line each: {formatCounted(own.length, 'label')}</span>
            <textarea
              value={names}
              disabled={busy}
              spellCheck={false}
              onChange={({ currentTarget }) => setNames(currentTarget.value)}
            />
          </label>
        )}
        <label>
          <span>
            Sentences they are asked in, a line each, with {'{}'} for the label: several are
            averaged
          </span>
          <textarea
            className="sentences"
            value={sentences}
            disabled={busy}
            spellCheck={false}
            onChange={({ currentTarget }) => setSentences(currentTarget.value)}
          />
        </label>
      </div>
    </div>
  )
}
