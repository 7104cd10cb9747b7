// One line of a chooser, kept in view while it is the marked one.
import { useEffect, useRef } from 'react'
import type { Choice } from './chooser.tsx'

interface ChooserOptionProps {
  readonly elementId: string
  readonly choice: Choice
  readonly marked: boolean
}

export function ChooserOption({ elementId, choice, marked }: ChooserOptionProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input listens for keys
    <div
      ref={row}
      id={elementId}
      role="option"
      aria-selected={marked}
      onPointerDown={(event) => event.preventDefault()}
      onClick={choice.onChoose}
    >
      <span className="one-line">{choice.name}</span>
      {choice.note !== '' && <kbd>{choice.note}</kbd>}
    </div>
  )
}
