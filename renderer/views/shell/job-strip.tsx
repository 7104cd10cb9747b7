// The running job in one line, steerable; the Activity workspace shows it in full instead.
import './job-strip.css'
import { isLive } from '../../state/jobs-slice.ts'
import { formatDuration, formatRate } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { JobButtons } from '../activity/job-buttons.tsx'
import { jobProgress, jobShare } from '../activity/job-words.ts'

export function JobStrip() {
  const job = useLatent((state) => state.jobs.find(isLive))
  const workspace = useLatent((state) => state.workspace)
  if (job === undefined || workspace === 'activity') return null
  const left =
    job.state === 'running' && job.secondsLeft !== null
      ? `${formatDuration(job.secondsLeft)} left`
      : job.state === 'running'
        ? job.note || formatRate(job.photosPerSecond)
        : ''
  return (
    <section className="job-strip" aria-label="Running job" title={job.note || job.title}>
      <div>
        <p>
          <span>{jobProgress(job)}</span>
          <span className="one-line">{left}</span>
        </p>
        <Meter share={jobShare(job)} quiet={job.state === 'paused'} />
      </div>
      <JobButtons job={job} />
    </section>
  )
}
