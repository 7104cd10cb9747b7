// What a network gives: scores and their names, and the numbers that photos are compared by.
import { FileText, X } from 'lucide-react'
import type { ModelReading } from '../../../preload/contract/model-card.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatCount } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'
import type { CardPartProps } from './card-form.tsx'
import { CardSection, Field } from './card-section.tsx'
import { isFixedByFile, isTflite } from './fixed-by-file.ts'
import { NumberField } from './number-field.tsx'
import { PairFields, TextNetworkField } from './pair-fields.tsx'

const kinds: readonly (readonly [ModelReading['output']['kind'], string])[] = [
  ['logits', 'Raw scores'],
  ['probabilities', 'Probabilities'],
  ['none', 'None: it only compares photos'],
]

export function OutputFields(props: CardPartProps) {
  const { card, trial } = props
  const tell = useLatent((state) => state.tellOfModel)
  const { output, embedding } = card
  if (trial.pair !== null) return <PairFields pair={trial.pair} />
  const isFixed = isFixedByFile(trial.fileName, card.input)
  return (
    <>
      <CardSection
        title="Labels"
        note={output.kind === 'none' ? 'This model has no labels: photos are only compared.' : ''}
      >
        <Field name="Scores">
          <select
            value={output.kind}
            disabled={isFixed}
            onChange={({ currentTarget }) => {
              const kind = kinds.find(([name]) => name === currentTarget.value)?.[0]
              if (kind !== undefined) tell({ output: { kind } })
            }}
          >
            {kinds.map(([kind, text]) => (
              <option key={kind} value={kind}>
                {text}
              </option>
            ))}
          </select>
        </Field>
        {output.kind !== 'none' && (
          <>
            <Field name="Scores are in">
              <select
                value={output.name}
                disabled={isFixed}
                onChange={({ currentTarget }) => tell({ output: { name: currentTarget.value } })}
              >
                {[...new Set([output.name, ...trial.outputs])].map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
            <ClassFields {...props} />
          </>
        )}
        {!isTflite(trial.fileName) && <TextNetworkField />}
      </CardSection>
      <CardSection
        title="Comparing photos"
        note="Photos whose numbers point the same way lie near each other."
      >
        <Field name="By the value">
          <select
            value={embedding.value}
            disabled={isFixed}
            onChange={({ currentTarget }) => tell({ embedding: { value: currentTarget.value } })}
          >
            {trial.embeddings.map(({ value, dim }) => (
              <option key={value} value={value}>
                {value} ({formatCount(dim)} numbers)
              </option>
            ))}
          </select>
        </Field>
      </CardSection>
    </>
  )
}

const labelSources: Readonly<Record<ModelReading['classes']['labels'], string>> = {
  'imagenet-1k': 'ImageNet’s',
  file: 'From the file',
  numbers: 'Numbers only',
  none: 'None',
}

function ClassFields({ card, brought }: CardPartProps) {
  const tell = useLatent((state) => state.tellOfModel)
  const pickLabels = useLatent((state) => state.pickModelLabels)
  const dropLabels = useLatent((state) => state.dropModelLabels)
  const { classes } = card
  const { labelsFile, trying } = brought
  const total = classes.count + classes.droppedFirst + classes.droppedLast
  const drop = (at: 'droppedFirst' | 'droppedLast', value: number): void => {
    const others = at === 'droppedFirst' ? classes.droppedLast : classes.droppedFirst
    tell({ classes: { ...classes, [at]: value, count: total - others - value } })
  }
  const isCount = (value: number): boolean =>
    Number.isInteger(value) && value >= 0 && value < total - 1
  return (
    <>
      <div className="card-field">
        <span>Names</span>
        <span className="choice-row">
          <span className="one-line">
            {labelsFile === '' ? labelSources[classes.labels] : labelsFile},{' '}
            {formatCount(classes.count)}
          </span>
          {labelsFile !== '' && (
            <IconButton
              icon={X}
              name="Without this file"
              disabled={trying}
              onClick={() => void dropLabels()}
            />
          )}
          <Button look="plain" icon={FileText} disabled={trying} onClick={() => void pickLabels()}>
            Labels file…
          </Button>
        </span>
      </div>
      <Field name="Left out first">
        <NumberField
          name="Scores without meaning at the beginning"
          value={classes.droppedFirst}
          disabled={labelsFile !== ''}
          accepts={isCount}
          onChange={(value) => drop('droppedFirst', value)}
        />
      </Field>
      <Field name="Left out last">
        <NumberField
          name="Scores without meaning at the end"
          value={classes.droppedLast}
          disabled={labelsFile !== ''}
          accepts={isCount}
          onChange={(value) => drop('droppedLast', value)}
        />
      </Field>
    </>
  )
}
