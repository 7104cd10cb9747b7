// A button for what cannot be undone: the second click does it, anything else does not.
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'

interface ConfirmButtonProps {
  readonly icon: LucideIcon
  readonly text: string
  /** What the second click says: "Remove AlexNet for good?". */
  readonly question: string
  readonly disabled?: boolean
  readonly onConfirm: () => void
}

export function ConfirmButton(props: ConfirmButtonProps) {
  const { icon, text, question, disabled = false, onConfirm } = props
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <Button icon={icon} disabled={disabled} onClick={() => setAsking(true)}>
        {text}
      </Button>
    )
  }
  return (
    <span className="confirm">
      <Button
        look="plain"
        icon={icon}
        // It takes the place of the button that had the focus.
        autoFocus
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.parentElement?.contains(relatedTarget)) setAsking(false)
        }}
        onClick={() => {
          setAsking(false)
          onConfirm()
        }}
      >
        {question}
      </Button>
      <Button onClick={() => setAsking(false)}>Keep</Button>
    </span>
  )
}
