// A part of a model's card: what is asked, and the fields that answer it.
import type { ReactNode } from 'react'

interface CardSectionProps {
  readonly title: string
  readonly note?: string
  readonly children: ReactNode
}

export function CardSection({ title, note = '', children }: CardSectionProps) {
  return (
    <fieldset className="card-section">
      <legend>{title}</legend>
      {note !== '' && <p>{note}</p>}
      {children}
    </fieldset>
  )
}

interface FieldProps {
  readonly name: string
  readonly children: ReactNode
}

/** A name before its control. */
export function Field({ name, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control comes as a child
    <label className="card-field">
      <span>{name}</span>
      {children}
    </label>
  )
}
