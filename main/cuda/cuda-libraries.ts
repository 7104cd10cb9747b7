// ONNX Runtime's CUDA libraries: asked for, fetched, checked, unpacked, removed, each when a person says.
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CudaStatus } from '../../preload/contract/providers.ts'
import { type DownloadOptions, downloadFile } from '../fetch/download-file.ts'
import { askForPackage, type PackageOnServer, type PackageWanted } from './nuget-package.ts'
import { cudaEnvironment, hasCudaLibraries } from './runtime-folder.ts'
import { mostLibraryBytes, unpackLibraries } from './unpack-libraries.ts'

export interface CudaLibrariesOptions
  extends Pick<DownloadOptions, 'freeBytes' | 'write' | 'limits'> {
  readonly wanted: PackageWanted
  /** Where the unpacked libraries lie; of one version of ONNX Runtime. */
  readonly folder: string
  /** Where onnxruntime-node keeps its own. */
  readonly ownFolder: string
  readonly downloadsFolder: string
  readonly inheritedLibraryPath: string | undefined
  readonly onChange: (status: CudaStatus) => void
}

/** Libraries are about so many times as large as their zip file. */
const unpackedTimes = 3
const tellEveryMs = 200

export class CudaLibraries {
  private current: CudaStatus
  private offer: PackageOnServer | undefined
  private work: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined
  private more: Readonly<Record<string, string>> = {}

  private constructor(private readonly options: CudaLibrariesOptions) {
    const { host } = new URL(options.wanted.indexUrl)
    this.current = { state: 'none', host, doneBytes: 0, bytes: 0, reason: '' }
  }

  static async open(options: CudaLibrariesOptions): Promise<CudaLibraries> {
    const libraries = new CudaLibraries(options)
    await libraries.look()
    return libraries
  }

  get status(): CudaStatus {
    return this.current
  }

  /** What a child that runs ONNX Runtime is started with, so that it finds them. */
  get environment(): Readonly<Record<string, string>> {
    return this.more
  }

  /** Asks the server how large they are. */
  ask(): Promise<void> {
    return this.alone(async (signal) => {
      await this.askServer(signal)
      this.change({ state: 'offered' })
    })
  }

  /** Begins, or goes on. Resolves when they are installed, the person paused, or it failed. */
  download(): Promise<void> {
    return this.alone(async (signal) => {
      const { offer = await this.askServer(signal), options } = this
      const { folder, freeBytes, write, limits } = options
      const { url, bytes, digest } = offer
      this.change({ state: 'running', bytes, doneBytes: await sizeOf(`${this.zipPath}.part`) })
      let toldAtMs = 0
      const fetched = await downloadFile(
        {
          ...{ url, path: this.zipPath, bytes, digest, madeOfItBytes: bytes * unpackedTimes },
          instead: 'put the libraries in place by hand',
        },
        {
          ...{ signal, freeBytes, write, limits },
          onProgress: (doneBytes) => {
            if (Date.now() - toldAtMs < tellEveryMs) return
            toldAtMs = Date.now()
            this.change({ state: 'running', doneBytes })
          },
        },
      )
      if (!fetched.ok) {
        if (fetched.error.code === 'cancelled') throw new DOMException('Stopped.', 'AbortError')
        throw new Error(`${fetched.error.message} ${fetched.error.hint}`.trim())
      }
      this.change({ state: 'unpacking', doneBytes: bytes })
      try {
        await unpackLibraries(this.zipPath, folder, { freeBytes, mostLibraryBytes, signal })
      } finally {
        // Its hash was right: what could not be unpacked now will not be better another time.
        if (!signal.aborted) await rm(this.zipPath, { force: true })
      }
      await this.look()
    })
  }

  /** What has arrived stays. */
  async pause(): Promise<void> {
    this.work?.abort.abort()
    await this.work?.ended
  }

  /** Ends what goes on and removes everything that was fetched. */
  async remove(): Promise<void> {
    await this.pause()
    const { folder } = this.options
    for (const path of [this.zipPath, `${this.zipPath}.part`, folder, `${folder}.incoming`]) {
      await rm(path, { recursive: true, force: true })
    }
    await this.look()
  }

  private async look(): Promise<void> {
    const { folder, ownFolder, inheritedLibraryPath } = this.options
    this.more = await cudaEnvironment(folder, ownFolder, inheritedLibraryPath)
    if (await hasCudaLibraries(folder)) return this.change({ state: 'installed', doneBytes: 0 })
    const doneBytes = (await sizeOf(this.zipPath)) || (await sizeOf(`${this.zipPath}.part`))
    const idle = this.offer === undefined ? 'none' : 'offered'
    this.change({ state: doneBytes > 0 ? 'paused' : idle, doneBytes })
  }

  private async askServer(signal: AbortSignal): Promise<PackageOnServer> {
    this.change({ state: 'asking' })
    this.offer = await askForPackage(this.options.wanted, signal)
    this.change({ bytes: this.offer.bytes })
    return this.offer
  }

  /** One thing at a time; a second wish while one is carried out is the same wish. */
  private alone(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.work !== undefined) return this.work.ended
    const abort = new AbortController()
    const ended = work(abort.signal)
      .catch(async (error: unknown) => {
        await this.look()
        if (abort.signal.aborted) return
        this.change({
          state: 'failed',
          reason: error instanceof Error ? error.message : String(error),
        })
      })
      .finally(() => {
        this.work = undefined
      })
    this.work = { abort, ended }
    return ended
  }

  private change(part: Partial<CudaStatus>): void {
    this.current = { ...this.current, reason: '', ...part }
    this.options.onChange(this.current)
  }

  private get zipName(): string {
    const { name, version } = this.options.wanted
    return `${name}.${version}.nupkg`.toLowerCase()
  }

  private get zipPath(): string {
    return join(this.options.downloadsFolder, this.zipName)
  }
}

const sizeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => undefined))?.size ?? 0
