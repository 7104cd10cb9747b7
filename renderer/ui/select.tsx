// A choice out of a list that opens, with its name before it.
import './select.css'

interface SelectProps<Value extends string> {
  readonly name: string
  readonly value: Value
  readonly choices: readonly (readonly [value: Value, text: string])[]
  readonly onChange: (value: Value) => void
  /** Leaves the name to assistive technology where the choices speak for themselves. */
  readonly bare?: boolean
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { name, value, choices, onChange, bare = false } = props
  return (
    <label className="select" title={name}>
      <span className={bare ? 'for-readers' : ''}>{name}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = choices[event.currentTarget.selectedIndex]
          if (chosen !== undefined) onChange(chosen[0])
        }}
      >
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
