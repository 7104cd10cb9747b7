// A choice of a few, side by side.
import './segmented.css'
import type { LucideIcon } from 'lucide-react'
import { useId } from 'react'

interface SegmentedProps<Value extends string> {
  /** What is chosen, for assistive technology. */
  readonly name: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, text: string, icon?: LucideIcon])[]
  readonly onChange: (value: Value) => void
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { name, value, choices, onChange } = props
  const group = useId()
  return (
    <div className="segments" role="radiogroup" aria-label={name}>
      {choices.map(([choice, text, Icon]) => (
        <label key={choice}>
          <input
            type="radio"
            name={group}
            checked={choice === value}
            onChange={() => onChange(choice)}
          />
          {Icon && <Icon size={14} aria-hidden="true" />}
          {text}
        </label>
      ))}
    </div>
  )
}
