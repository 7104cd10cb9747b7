// Everything that has to be known of a network, each guess in a field of its own.
import type { ImportCard, ToldCard } from '../../../preload/contract/model-card.ts'
import type { ModelTrial } from '../../../preload/contract/models.ts'
import type { BroughtModel } from '../../state/model-trial-slice.ts'
import { useLatent } from '../../use-latent.ts'
import { CardSection, Field } from './card-section.tsx'
import { ColourFields } from './colour-fields.tsx'
import { NumberField } from './number-field.tsx'
import { OutputFields } from './output-fields.tsx'

export interface CardPartProps {
  readonly card: ImportCard
  readonly trial: ModelTrial
  readonly brought: BroughtModel
}

interface CardFormProps {
  readonly brought: BroughtModel
  readonly trial: ModelTrial
}

export function CardForm({ brought, trial }: CardFormProps) {
  const card = withTold(trial.card, brought.told)
  const part = { card, trial, brought }
  return (
    <>
      <NameFields {...part} />
      <InputFields {...part} />
      <ColourFields {...part} />
      <OutputFields {...part} />
    </>
  )
}

/** What was said stands over what was found. */
function withTold(card: ImportCard, told: ToldCard): ImportCard {
  const over = <T extends object>(found: T, said: Partial<T> | undefined): T => ({
    ...found,
    ...(Object.fromEntries(
      Object.entries(said ?? {}).filter(([, value]) => value !== undefined),
      // Only keys of T with values of their types are left.
    ) as Partial<T>),
  })
  return {
    id: told.id ?? card.id,
    name: told.name ?? card.name,
    input: over(card.input, told.input as Partial<ImportCard['input']>),
    preprocessing: over(
      card.preprocessing,
      told.preprocessing as Partial<ImportCard['preprocessing']>,
    ),
    output: over(card.output, told.output as Partial<ImportCard['output']>),
    classes: over(card.classes, told.classes as Partial<ImportCard['classes']>),
    embedding: over(card.embedding, told.embedding as Partial<ImportCard['embedding']>),
  }
}

const idPattern = /^[a-z0-9][a-z0-9.-]{0,63}$/

function NameFields({ card, trial }: CardPartProps) {
  const tell = useLatent((state) => state.tellOfModel)
  const installed = useLatent((state) => state.models?.installed)
  const taken = installed?.some(({ id }) => id === card.id) ?? false
  return (
    <CardSection
      title="Name"
      note={
        trial.catalogueId !== null
          ? 'Latent knows this file: its card needs no correction.'
          : taken
            ? `A model called ${card.id} is installed already: choose another id.`
            : ''
      }
    >
      <Field name="Name">
        <input
          type="text"
          maxLength={100}
          value={card.name}
          onChange={({ currentTarget }) => tell({ name: currentTarget.value })}
        />
      </Field>
      <Field name="Id, for commands">
        <input
          type="text"
          maxLength={64}
          spellCheck={false}
          aria-invalid={!idPattern.test(card.id) || taken}
          value={card.id}
          onChange={({ currentTarget }) => tell({ id: currentTarget.value })}
        />
      </Field>
    </CardSection>
  )
}

const isSide = (value: number): boolean => Number.isInteger(value) && value >= 16 && value <= 2048

function InputFields({ card, trial }: CardPartProps) {
  const tell = useLatent((state) => state.tellOfModel)
  const { input } = card
  const isFree = trial.notes.some((note) => note.includes('size free'))
  const layout =
    input.layout === 'nchw'
      ? 'Colours first (N, 3, height, width)'
      : 'Colours last (N, height, width, 3)'
  return (
    <CardSection title="Picture" note="The file fixes how the picture is laid out.">
      <Field name="Input">
        <input type="text" value={input.name} disabled />
      </Field>
      <Field name="Layout">
        <input type="text" value={`${layout}, ${input.type}`} disabled />
      </Field>
      <Field name="Side in pixels">
        <NumberField
          name="Side in pixels"
          value={input.sidePx}
          disabled={!isFree}
          accepts={isSide}
          onChange={(sidePx) => tell({ input: { sidePx } })}
        />
      </Field>
    </CardSection>
  )
}
