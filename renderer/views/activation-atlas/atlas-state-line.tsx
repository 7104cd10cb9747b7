// What goes on with the atlas, or what it was made of.
import { CircleAlert } from 'lucide-react'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { atlasLine } from './atlas-words.ts'

export function AtlasStateLine() {
  const status = useLatent((state) => state.atlasStatus)
  const atlas = useLatent((state) => state.atlas)
  if (status === null) return null
  if (status.state === 'failed' && atlas !== null) {
    return (
      <div className="state-line" role="alert">
        <CircleAlert size={14} aria-hidden="true" />
        <span className="one-line" title={status.reason}>
          It could not be made anew: {status.reason}
        </span>
      </div>
    )
  }
  return (
    <div className="state-line" data-testid="atlas-state" data-state={status.state}>
      {status.state === 'working' && atlas !== null && <Meter share={status.fraction} />}
      {(atlas !== null || status.state !== 'working') && (
        <span className="one-line">{atlasLine(status, atlas)}</span>
      )}
    </div>
  )
}
