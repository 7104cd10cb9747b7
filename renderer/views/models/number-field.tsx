// A number that is taken when it is one, and left as it was when it is not.
import { useState } from 'react'

interface NumberFieldProps {
  readonly name: string
  readonly value: number
  readonly disabled?: boolean
  readonly accepts: (value: number) => boolean
  readonly onChange: (value: number) => void
}

export function NumberField({ name, value, disabled, accepts, onChange }: NumberFieldProps) {
  // What is being typed may be no number yet.
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? String(Math.round(value * 1000) / 1000)
  const isGood = typed === null || (typed.trim() !== '' && accepts(Number(typed)))
  return (
    <input
      className="number-field"
      type="text"
      inputMode="decimal"
      aria-label={name}
      aria-invalid={!isGood}
      disabled={disabled}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        const number = Number(next)
        if (next.trim() !== '' && accepts(number)) onChange(number)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
