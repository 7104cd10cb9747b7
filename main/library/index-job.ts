// The job that brings every photo of a library its labels: scan, analyse, commit in batches.
import { setMaxListeners } from 'node:events'
import type { Job, JobState } from '../../preload/contract/domain.ts'
import { problemStatuses } from '../../preload/contract/domain.ts'
import type { EngineHost } from '../engine/host.ts'
import type { AnalysedPhoto } from '../store/result-writes.ts'
import { keptLabels } from '../store/result-writes.ts'
import type { Store } from '../store/store-calls.ts'
import { Rate } from './rate.ts'
import { type Labeller, relabel } from './relabel.ts'
import { scan } from './scan.ts'

export interface IndexJobOptions {
  readonly id: string
  readonly kind: Job['kind']
  readonly title: string
  readonly store: Store
  readonly engine: EngineHost
  /** Gives labels of a list that may change; undefined for a network whose classes are its own. */
  readonly labeller: Labeller | undefined
  /** Whether to look at photos, too: false while their folder is away. */
  readonly analyses: boolean
  /** Whether to look for new files first. */
  readonly scanFirst: boolean
  readonly onChange: (job: Job) => void
  /** After every commit. */
  readonly onCommitted: (batch: readonly AnalysedPhoto[]) => void
  /** Some photos have other labels now. */
  readonly onRelabelled: () => void
}

/** A kill costs at most this many photos' work, or what was done in this time. */
const commitPhotos = 64
const commitMs = 1_500
/** Ids fetched at once from the store. */
const pageSize = 256
/** Analyses under way: enough for decoders and batches, few enough to stop quickly. */
const window = 64

export class IndexJob {
  private state: JobState
  private total = 0
  private done = 0
  private problems = 0
  private note = ''
  private readonly rate = new Rate()
  private readonly startedAtMs = Date.now()
  private endedAtMs: number | null = null
  private readonly abort = new AbortController()
  private resumeWaiters: (() => void)[] = []
  private scanning: boolean
  private readonly working = new Set<number>()
  private results: AnalysedPhoto[] = []
  private wake: () => void = () => {}
  private lastCommitMs = Date.now()
  /** Resolves when the job has ended, however it ended. */
  readonly ended: Promise<void>

  constructor(private readonly options: IndexJobOptions) {
    this.scanning = options.scanFirst
    this.state = options.scanFirst ? 'scanning' : 'running'
    // Every photo under way listens to it.
    setMaxListeners(0, this.abort.signal)
    this.ended = this.run()
  }

  get job(): Job {
    const { id, kind, title, engine } = this.options
    const left = this.total - this.done
    const perSecond = this.state === 'running' ? this.rate.perSecond : 0
    const reason = engine.status.reason
    return {
      id,
      kind,
      title,
      state: this.state,
      total: this.total,
      done: this.done,
      problems: this.problems,
      photosPerSecond: perSecond,
      secondsLeft: perSecond > 0 && !this.scanning ? left / perSecond : null,
      note: this.note || reason,
      startedAtMs: this.startedAtMs,
      endedAtMs: this.endedAtMs,
    }
  }

  pause(): void {
    if (this.state !== 'running' && this.state !== 'scanning') return
    this.state = 'paused'
    this.changed()
  }

  resume(): void {
    if (this.state !== 'paused') return
    this.state = this.scanning ? 'scanning' : 'running'
    this.rate.restart()
    for (const waiter of this.resumeWaiters.splice(0)) waiter()
    this.changed()
  }

  cancel(): void {
    if (this.endedAtMs !== null) return
    this.abort.abort(new Error('The job was cancelled.'))
    for (const waiter of this.resumeWaiters.splice(0)) waiter()
    this.wake()
  }

  private async run(): Promise<void> {
    const { store } = this.options
    const { signal } = this.abort
    try {
      this.total = await store.pendingCount()
      this.changed()
      await this.relabel()
      if (!this.options.analyses) return this.end(signal.aborted ? 'cancelled' : 'done')
      const scanned = this.scanning ? this.scan() : Promise.resolve()
      // A failed scan ends the job; it is awaited below, once the photos known so far are done.
      scanned.catch(() => this.cancel())
      await this.analyseAll()
      await scanned
      await this.commit()
      await store.snapshotIfDue()
      this.end(signal.aborted ? 'cancelled' : 'done')
    } catch (error) {
      await this.commit().catch(() => {})
      const reason = error instanceof Error ? error.message : String(error)
      if (!signal.aborted) this.note = reason
      this.end(signal.aborted && this.note === '' ? 'cancelled' : 'failed')
    }
  }

  private async relabel(): Promise<void> {
    const { store, labeller, onRelabelled } = this.options
    const { signal } = this.abort
    if (labeller === undefined) return
    const stale = await store.staleLabelCount()
    if (stale === 0) return
    this.total += stale
    this.note = 'Giving photos their new labels'
    this.changed()
    const work = relabel({
      store,
      labeller,
      signal,
      onRelabelled: async (count) => {
        this.done += count
        onRelabelled()
        this.changed()
        if (this.state === 'paused') await new Promise<void>((go) => this.resumeWaiters.push(go))
      },
    })
    // A note would say that something went wrong.
    await work.finally(() => {
      this.note = ''
    })
  }

  private async scan(): Promise<void> {
    const { store } = this.options
    const { signal } = this.abort
    try {
      const report = await scan(
        store,
        {
          onRecorded: () => {
            void store.pendingCount().then((pending) => {
              this.total = this.done + pending + this.results.length
              this.wake()
              this.changed()
            })
          },
        },
        signal,
      )
      const unread = report.unreadFolders.length
      if (unread > 0) {
        const names = report.unreadFolders.slice(0, 3).join(', ')
        this.note = `${unread} ${unread === 1 ? 'folder' : 'folders'} could not be read: ${names}`
      }
      if (report.offlineRoots > 0) this.note = 'The folder is not reachable: its drive may be away.'
    } catch (error) {
      if (!signal.aborted) this.note = error instanceof Error ? error.message : String(error)
      throw error
    } finally {
      this.scanning = false
      if (this.state === 'scanning') this.state = 'running'
      this.wake()
    }
  }

  private async analyseAll(): Promise<void> {
    const { store } = this.options
    const { signal } = this.abort
    let page: { id: number; path: string | Uint8Array }[] = []
    for (;;) {
      if (this.state === 'paused') await new Promise<void>((go) => this.resumeWaiters.push(go))
      if (signal.aborted) break
      if (this.shouldCommit()) await this.commit()
      if (page.length === 0) {
        const held = [...this.working, ...this.results.map(({ photoId }) => photoId)]
        page = [...(await store.pending(pageSize, held))]
      }
      if (page.length === 0 && this.working.size === 0) {
        if (!this.scanning) {
          if (this.results.length === 0) break
          await this.commit()
          continue
        }
        if (this.results.length > 0) await this.commit()
      }
      while (page.length > 0 && this.working.size < window) {
        const next = page.shift()
        if (next !== undefined) void this.analyse(next.id, next.path)
      }
      await this.nextEvent()
    }
    await this.commit()
  }

  private async analyse(id: number, path: string | Uint8Array): Promise<void> {
    this.working.add(id)
    try {
      const analysis = await this.options.engine.analyse(
        { kind: 'file', path },
        { urgent: false, topCount: keptLabels, unitMaxima: true, signal: this.abort.signal },
      )
      this.results.push({ photoId: id, analysis })
      this.done++
      this.rate.add(1)
      if ((problemStatuses as readonly string[]).includes(analysis.status)) this.problems++
      this.changed()
    } catch (error) {
      // Aborted, or the engine is gone for good: the photo stays pending.
      if (!this.abort.signal.aborted) {
        this.note = error instanceof Error ? error.message : String(error)
        this.cancel()
      }
    } finally {
      this.working.delete(id)
      this.wake()
    }
  }

  private shouldCommit(): boolean {
    return (
      this.results.length >= commitPhotos ||
      (this.results.length > 0 && Date.now() - this.lastCommitMs > commitMs)
    )
  }

  private async commit(): Promise<void> {
    const batch = this.results
    this.results = []
    this.lastCommitMs = Date.now()
    if (batch.length === 0) return
    await this.options.store.commit(batch)
    this.options.onCommitted(batch)
  }

  /** Waits for a result, the scan, a command, or the time of the next commit. */
  private nextEvent(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, commitMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private end(state: JobState): void {
    this.state = state
    this.endedAtMs = Date.now()
    this.changed()
  }

  private changed(): void {
    this.options.onChange(this.job)
  }
}
