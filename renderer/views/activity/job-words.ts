// What a job is at, in words and as a share.
import type { Job, JobState } from '../../../preload/contract/domain.ts'
import { assertNever } from '../../../preload/contract/errors.ts'
import { formatCount, formatCounted, formatDuration, formatRate } from '../../ui/format.ts'

/** 0..1, or null while the whole is not known. */
export const jobShare = (job: Job): number | null =>
  job.state === 'scanning' || (job.total === 0 && job.endedAtMs === null)
    ? null
    : job.total === 0
      ? 1
      : Math.min(1, job.done / job.total)

/** "Found 1,200 photos", "340 of 1,200", "Paused at 340 of 1,200". */
export function jobProgress(job: Job): string {
  const of = `${formatCount(job.done)} of ${formatCount(job.total)}`
  switch (job.state) {
    case 'scanning':
      return `Found ${formatCounted(job.total, 'photo')}`
    case 'running':
      return of
    case 'paused':
      return `Paused at ${of}`
    case 'done':
      return formatCounted(job.done, 'photo')
    case 'cancelled':
      return `Stopped at ${of}`
    case 'failed':
      return `Failed at ${of}`
    default:
      return assertNever(job.state)
  }
}

export const jobStateWords: Record<JobState, string> = {
  scanning: 'Looking for photos',
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Failed',
}

/** The small print beside the progress: rate, time left or taken, problems. */
export function jobFigures(job: Job): string[] {
  const figures: string[] = []
  if (job.state === 'running' && job.photosPerSecond > 0) {
    figures.push(formatRate(job.photosPerSecond))
  }
  if (job.state === 'running' && job.secondsLeft !== null) {
    figures.push(`${formatDuration(job.secondsLeft)} left`)
  }
  if (job.endedAtMs !== null) {
    figures.push(`took ${formatDuration((job.endedAtMs - job.startedAtMs) / 1000)}`)
  }
  if (job.problems > 0) figures.push(formatCounted(job.problems, 'problem'))
  return figures
}
