// Words for what photos are to show; the photos follow when the typing rests.
import { type RefObject, useEffect, useState } from 'react'

interface DescriptionFieldProps {
  readonly name: string
  readonly value: string
  readonly input: RefObject<HTMLInputElement | null>
  readonly onDescribe: (text: string) => void
  /** Escape in an empty field. */
  readonly onLeave: () => void
  /** Enter, once the photos are those of the text. */
  readonly onEnter?: () => void
}

/** Every text is run through a network. */
const restMs = 350

export function DescriptionField(props: DescriptionFieldProps) {
  const { name, value, input, onDescribe, onLeave, onEnter } = props
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onDescribe(typed), restMs)
    return () => clearTimeout(timer)
  }, [typed, value, onDescribe])
  return (
    <input
      ref={input}
      type="search"
      aria-label={name}
      placeholder="Describe what photos show"
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          if (typed === value) onEnter?.()
          else onDescribe(typed)
        }
        if (event.key !== 'Escape') return
        if (typed === '') onLeave()
        else {
          setTyped('')
          onDescribe('')
        }
      }}
    />
  )
}
