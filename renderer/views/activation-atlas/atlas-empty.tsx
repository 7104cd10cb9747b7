// No atlas yet: what it would show, how far it is, or why it could not be made.
import { CircleAlert, Loader, Map as MapIcon } from 'lucide-react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCounted, formatShare } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { atlasStageWords } from './atlas-words.ts'

export function AtlasEmpty() {
  const status = useLatent((state) => state.atlasStatus)
  const failure = useLatent((state) => state.atlasFailure)
  if (failure !== null) {
    return (
      <EmptyState icon={CircleAlert} title={failure.message}>
        <p>{failure.hint}</p>
      </EmptyState>
    )
  }
  if (status === null || status.state === 'ready') {
    return <EmptyState icon={Loader} title="Opening the atlas…" />
  }
  if (status.state === 'failed') {
    return (
      <EmptyState icon={CircleAlert} title="The atlas could not be made">
        <p>{status.reason}</p>
      </EmptyState>
    )
  }
  if (status.state === 'working') {
    const { stage, fraction, skipped } = status
    return (
      <EmptyState icon={Loader} title={`Making an atlas of ${status.layer}…`}>
        {stage !== null && (
          <>
            <p>{`${atlasStageWords[stage]}, ${formatShare(fraction)}`}</p>
            <span style={{ display: 'block', width: 180 }}>
              <Meter share={fraction} />
            </span>
            {skipped > 0 && <p>{formatCounted(skipped, 'photo')} could not be read.</p>}
          </>
        )}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={MapIcon}
      title={
        status.state === 'stopped'
          ? 'Stopped: what was sampled is gone on from'
          : `What does ${status.layer} tell apart on your photos?`
      }
    >
      <p>
        An atlas takes places of your photos as this layer sees them and puts like ones together:
        fur by fur, wheels by wheels. Every cell shows the patch of yours that stands for it.
      </p>
    </EmptyState>
  )
}
