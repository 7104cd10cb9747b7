// The Activity workspace: what Latent does or did, and the files it could not analyse.
import './activity-view.css'
import { JobList } from './job-list.tsx'
import { ProblemSection } from './problem-section.tsx'

export function ActivityView() {
  return (
    <div className="activity">
      <section aria-labelledby="jobs-title">
        <header>
          <h2 id="jobs-title">Jobs</h2>
        </header>
        <JobList />
      </section>
      <section aria-labelledby="problems-title">
        <ProblemSection />
      </section>
    </div>
  )
}
