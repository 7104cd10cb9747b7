// Pause, resume and cancel of one job.
import { Pause, Play, X } from 'lucide-react'
import type { Job } from '../../../preload/contract/domain.ts'
import { isLive } from '../../state/jobs-slice.ts'
import { IconButton } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'

export function JobButtons({ job }: { readonly job: Job }) {
  const steerJob = useLatent((state) => state.steerJob)
  if (!isLive(job)) return null
  return (
    <span>
      {job.state === 'paused' ? (
        <IconButton icon={Play} name="Resume" onClick={() => void steerJob(job.id, 'resume')} />
      ) : (
        <IconButton icon={Pause} name="Pause" onClick={() => void steerJob(job.id, 'pause')} />
      )}
      <IconButton
        icon={X}
        name="Cancel"
        hint="Cancel: what is done so far is kept"
        onClick={() => void steerJob(job.id, 'cancel')}
      />
    </span>
  )
}
