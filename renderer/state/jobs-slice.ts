// Jobs as main reports them, and the way to steer them.
import type { Job, JobState } from '../../preload/contract/domain.ts'
import type { Slice } from './slice.ts'

export type JobCommand = 'pause' | 'resume' | 'cancel'

export interface JobsSlice {
  /** Latest first. */
  readonly jobs: readonly Job[]
  readonly loadJobs: () => Promise<void>
  readonly jobChanged: (job: Job) => void
  readonly steerJob: (id: string, command: JobCommand) => Promise<void>
}

const liveStates: readonly JobState[] = ['scanning', 'running', 'paused']

export const isLive = (job: Job): boolean => liveStates.includes(job.state)

const latestFirst = (jobs: readonly Job[]): Job[] =>
  [...jobs].sort((a, b) => b.startedAtMs - a.startedAtMs)

export const createJobsSlice: Slice<JobsSlice> =
  ({ api }) =>
  (set, get) => ({
    jobs: [],
    loadJobs: async () => {
      const result = await api.invoke('jobs:list')
      if (result.ok) set({ jobs: latestFirst(result.value) })
      else get().tellFailure(result.error)
    },
    jobChanged: (job) =>
      set((state) => {
        const known = state.jobs.some((other) => other.id === job.id)
        const jobs = known
          ? state.jobs.map((other) => (other.id === job.id ? job : other))
          : latestFirst([job, ...state.jobs])
        return { jobs }
      }),
    steerJob: async (id, command) => {
      const result = await api.invoke(`jobs:${command}`, { id })
      if (!result.ok) get().tellFailure(result.error)
    },
  })
