// One class that a photo can be said to show.
import { useEffect, useRef } from 'react'
import type { Truth } from '../../../preload/contract/truth-name.ts'

interface TruthOptionProps {
  readonly elementId: string
  readonly truth: Truth
  readonly note: string
  readonly chosen: boolean
  readonly onSay: () => void
}

export function TruthOption({ elementId, truth, note, chosen, onSay }: TruthOptionProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input listens for keys
    <div
      ref={row}
      id={elementId}
      role="option"
      aria-selected={chosen}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onSay}
    >
      <span className="one-line">{truth.name}</span>
      {note !== '' && <kbd>{note}</kbd>}
    </div>
  )
}
