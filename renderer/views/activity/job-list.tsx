// The jobs of this session, latest first.
import './job-list.css'
import { ListChecks } from 'lucide-react'
import type { Job } from '../../../preload/contract/domain.ts'
import { isLive } from '../../state/jobs-slice.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { JobButtons } from './job-buttons.tsx'
import { jobFigures, jobProgress, jobShare, jobStateWords } from './job-words.ts'

export function JobList() {
  const jobs = useLatent((state) => state.jobs)
  if (jobs.length === 0) {
    return (
      <EmptyState icon={ListChecks} title="Nothing to do">
        <p>Opening a folder starts a job; it shows here with its progress.</p>
      </EmptyState>
    )
  }
  return (
    <ul className="job-list" aria-label="Jobs">
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </ul>
  )
}

function JobCard({ job }: { readonly job: Job }) {
  return (
    <li className="job-card" data-state={job.state}>
      <div>
        <h3 className="one-line" title={job.title}>
          {job.title}
        </h3>
        <span className={`state ${job.state}`}>{jobStateWords[job.state]}</span>
        <JobButtons job={job} />
      </div>
      {isLive(job) && <Meter share={jobShare(job)} quiet={job.state === 'paused'} />}
      <p>{[jobProgress(job), ...jobFigures(job)].join(' · ')}</p>
      {job.note !== '' && <p className="note">{job.note}</p>}
    </li>
  )
}
