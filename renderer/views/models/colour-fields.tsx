// How a network wants its colours: a usual way by name, or numbers.
import type { ModelReading } from '../../../preload/contract/model-card.ts'
import { useLatent } from '../../use-latent.ts'
import type { CardPartProps } from './card-form.tsx'
import { CardSection, Field } from './card-section.tsx'
import { colourPresets, presetOf } from './colour-presets.ts'
import { isFixedByFile } from './fixed-by-file.ts'
import { NumberField } from './number-field.tsx'

/** Of the note that tells what the guess rests on. */
const heading = 'Colours: '

type Three = readonly [number, number, number]

export function ColourFields({ card, trial }: CardPartProps) {
  const tell = useLatent((state) => state.tellOfModel)
  const { preprocessing } = card
  const preset = presetOf(preprocessing)
  const change = (part: Partial<ModelReading['preprocessing']>): void =>
    tell({ preprocessing: { ...preprocessing, ...part } })
  const isFixed = isFixedByFile(trial.fileName, card.input)
  const because = trial.notes.find((note) => note.startsWith(heading))?.slice(heading.length)
  const names =
    preprocessing.channelOrder === 'rgb' ? ['red', 'green', 'blue'] : ['blue', 'green', 'red']
  const three = (title: string, values: Three, give: (values: Three) => void, zero: boolean) => (
    <fieldset className="card-field" aria-label={title}>
      <span>{title}</span>
      <span className="numbers">
        {values.map((value, at) => (
          <NumberField
            key={names[at]}
            name={`${title}, ${names[at]}`}
            value={value}
            disabled={isFixed}
            accepts={(number) => Number.isFinite(number) && (zero || number !== 0)}
            onChange={(number) => give(values.map((old, i) => (i === at ? number : old)) as never)}
          />
        ))}
      </span>
    </fieldset>
  )
  return (
    <CardSection
      title="Colours"
      note={because === undefined ? 'As you said.' : `Guessed: ${because}`}
    >
      <Field name="Usual ways">
        <select
          value={preset ?? ''}
          disabled={isFixed}
          onChange={({ currentTarget }) => {
            const chosen = colourPresets.find(([name]) => name === currentTarget.value)?.[1]
            if (chosen !== undefined) tell({ preprocessing: chosen })
          }}
        >
          {preset === undefined && <option value="">Others, as below</option>}
          {colourPresets.map(([name]) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field name="Order">
        <select
          value={preprocessing.channelOrder}
          disabled={isFixed}
          onChange={({ currentTarget }) =>
            change({ channelOrder: currentTarget.value === 'bgr' ? 'bgr' : 'rgb' })
          }
        >
          <option value="rgb">Red, green, blue</option>
          <option value="bgr">Blue, green, red</option>
        </select>
      </Field>
      {three('Minus', preprocessing.mean, (mean) => change({ mean: [...mean] }), true)}
      {three(
        'Divided by',
        preprocessing.deviation,
        (deviation) => change({ deviation: [...deviation] }),
        false,
      )}
    </CardSection>
  )
}
