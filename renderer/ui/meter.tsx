// A thin bar that shows a share; for the eye only, the number stands beside it.
import './meter.css'

interface MeterProps {
  /** 0..1, or null while it cannot be told. */
  readonly share: number | null
  readonly quiet?: boolean
}

export function Meter({ share, quiet = false }: MeterProps) {
  return (
    <span
      className={`meter ${quiet ? 'quiet' : ''} ${share === null ? 'busy' : ''}`}
      aria-hidden="true"
    >
      <span {...(share !== null && { style: { transform: `scaleX(${share})` } })} />
    </span>
  )
}
