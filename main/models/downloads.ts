// Models of the catalogue on their way: each is fetched, tried and installed as an import is.
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Failure, Result } from '../../preload/contract/errors.ts'
import type { CatalogueModel } from '../../preload/contract/models.ts'
import { type DownloadOptions, downloadFile } from '../fetch/download-file.ts'
import { type DownloadableEntry, wantedFile } from './catalogue.ts'

export interface DownloadsOptions extends Pick<DownloadOptions, 'freeBytes' | 'write' | 'limits'> {
  /** Where files on their way lie. */
  readonly folder: string
  readonly address: (path: string) => URL
  /** Tries and installs a file that has arrived. */
  readonly install: (
    path: string,
    entry: DownloadableEntry,
    signal: AbortSignal,
  ) => Promise<Result<unknown>>
  /** Called with every piece that arrives. */
  readonly onChange: () => void
  readonly onFailure: (failure: Failure) => void
}

type Download = CatalogueModel['download']

interface Running {
  readonly abort: AbortController
  readonly ended: Promise<void>
}

export class Downloads {
  private readonly states = new Map<string, Download>()
  private readonly running = new Map<string, Running>()

  constructor(private readonly options: DownloadsOptions) {}

  /** What there is of a model; a file that an earlier start of the program left counts as paused. */
  async stateOf(entry: DownloadableEntry): Promise<Download> {
    const known = this.states.get(entry.id)
    if (known !== undefined && known.state !== 'none') return known
    const path = this.pathOf(entry)
    const doneBytes = (await sizeOf(path)) || (await sizeOf(`${path}.part`))
    return { state: doneBytes > 0 ? 'paused' : 'none', doneBytes, reason: '' }
  }

  /** Begins, or goes on; more than one may run. Ends in an installed model, or in a failure. */
  start(entry: DownloadableEntry): void {
    if (this.running.has(entry.id)) return
    const abort = new AbortController()
    const ended = this.run(entry, abort.signal).finally(() => this.running.delete(entry.id))
    this.running.set(entry.id, { abort, ended })
  }

  /** Ends the transfer; what has arrived stays. */
  async pause(id: string): Promise<void> {
    const running = this.running.get(id)
    running?.abort.abort()
    await running?.ended
  }

  /** Ends the transfer and removes what has arrived. */
  async cancel(entry: DownloadableEntry): Promise<void> {
    await this.pause(entry.id)
    const path = this.pathOf(entry)
    await rm(path, { force: true })
    await rm(`${path}.part`, { force: true })
    this.change(entry.id, { state: 'none', doneBytes: 0, reason: '' })
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.running.keys()].map((id) => this.pause(id)))
  }

  private async run(entry: DownloadableEntry, signal: AbortSignal): Promise<void> {
    const { id, source } = entry
    const { address, install, freeBytes, write, limits } = this.options
    const path = this.pathOf(entry)
    const { doneBytes } = await this.stateOf(entry)
    this.change(id, { state: 'running', doneBytes, reason: '' })
    const fetched = await downloadFile(wantedFile(entry, address(source.path), path), {
      signal,
      freeBytes,
      write,
      limits,
      onProgress: (bytes) => this.change(id, { state: 'running', doneBytes: bytes, reason: '' }),
    })
    if (!fetched.ok) return this.ended(entry, fetched.error)
    this.change(id, { state: 'checking', doneBytes: source.bytes, reason: '' })
    const installed = await install(path, entry, signal)
    if (!installed.ok) return this.ended(entry, installed.error)
    await rm(path, { force: true })
    this.change(id, { state: 'none', doneBytes: 0, reason: '' })
  }

  private async ended(entry: DownloadableEntry, failure: Failure): Promise<void> {
    this.states.delete(entry.id)
    const { doneBytes } = await this.stateOf(entry)
    if (failure.code === 'cancelled') {
      this.change(entry.id, { state: doneBytes > 0 ? 'paused' : 'none', doneBytes, reason: '' })
      return
    }
    const reason = `${failure.message} ${failure.hint}`.trim()
    this.change(entry.id, { state: 'failed', doneBytes, reason })
    this.options.onFailure({ ...failure, message: `${entry.name}: ${failure.message}` })
  }

  private change(id: string, state: Download): void {
    this.states.set(id, state)
    this.options.onChange()
  }

  private pathOf({ source }: DownloadableEntry): string {
    return join(this.options.folder, basename(source.path))
  }
}

const sizeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => undefined))?.size ?? 0
