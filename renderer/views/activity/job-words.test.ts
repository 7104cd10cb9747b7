import { describe, expect, it } from 'vitest'
import type { Job } from '../../../preload/contract/domain.ts'
import { jobFigures, jobProgress, jobShare } from './job-words.ts'

const job: Job = {
  id: 'a',
  kind: 'index',
  title: 'Indexing Holidays',
  state: 'running',
  total: 1200,
  done: 300,
  problems: 1,
  photosPerSecond: 31.4,
  secondsLeft: 29,
  note: '',
  startedAtMs: 0,
  endedAtMs: null,
}

describe('job words', () => {
  it('tells the progress of each state', () => {
    expect(jobProgress({ ...job, state: 'scanning' })).toBe('Found 1,200 photos')
    expect(jobProgress(job)).toBe('300 of 1,200')
    expect(jobProgress({ ...job, state: 'paused' })).toBe('Paused at 300 of 1,200')
    expect(jobProgress({ ...job, state: 'cancelled' })).toBe('Stopped at 300 of 1,200')
  })

  it('gives no share while the whole is unknown', () => {
    expect(jobShare({ ...job, state: 'scanning' })).toBeNull()
    expect(jobShare(job)).toBe(0.25)
    expect(jobShare({ ...job, state: 'done', total: 0, done: 0, endedAtMs: 1 })).toBe(1)
  })

  it('gives rate and time left while running, the time taken afterwards', () => {
    expect(jobFigures(job)).toEqual(['31 photos/s', '29 s left', '1 problem'])
    expect(jobFigures({ ...job, state: 'done', problems: 0, endedAtMs: 90_000 })).toEqual([
      'took 2 min',
    ])
  })
})
