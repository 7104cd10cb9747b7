// Why something cannot be shown, and the way to try again.
import './trouble.css'
import { CircleAlert } from 'lucide-react'
import type { Failure } from '../../../preload/contract/errors.ts'
import { Button } from '../../ui/button.tsx'

interface TroubleProps {
  readonly failure: Failure
  readonly onRetry?: () => void
}

export function Trouble({ failure, onRetry }: TroubleProps) {
  return (
    <div className="inspector-trouble" role="alert">
      <CircleAlert size={18} strokeWidth={1.6} aria-hidden="true" />
      <p className="selectable">
        {failure.message}
        {failure.hint !== '' && <span>{failure.hint}</span>}
      </p>
      {onRetry && (
        <Button look="plain" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
