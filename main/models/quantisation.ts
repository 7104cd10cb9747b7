// One network being quantised for the window: begun, told of, stopped, kept or thrown away.
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { QuantisationStatus } from '../../preload/contract/models.ts'
import { calibrationPhotos, leastPhotos } from './calibration-photos.ts'
import { incomingPrefix } from './import-model.ts'
import type { InstalledModel } from './installed.ts'
import { keepQuantised, quantisedFile, quantisedId } from './keep-quantised.ts'
import type { QuantiseReport } from './quantise-protocol.ts'
import { type QuantiserFork, runQuantiser } from './run-quantiser.ts'

export interface QuantisationOptions {
  readonly fork: QuantiserFork
  readonly userModelsFolder: string
  readonly onChange: () => void
}

const calibrate = 50
const check = 150

interface Running {
  readonly abort: AbortController
  readonly ended: Promise<void>
}

interface Finished {
  readonly model: InstalledModel
  readonly folder: string
  readonly report: QuantiseReport
}

export class Quantisation {
  private current: QuantisationStatus | null = null
  private running: Running | undefined
  private finished: Finished | undefined

  constructor(private readonly options: QuantisationOptions) {}

  /** Null while there is none. */
  get status(): QuantisationStatus | null {
    return this.current
  }

  /** Begins; what was made before and not kept is thrown away. */
  async start(model: InstalledModel, photos: readonly string[]): Promise<Result<void>> {
    if (this.running !== undefined) {
      return fail('refused', 'Another network is being made smaller.', 'Wait for it, or stop it.')
    }
    if (photos.length < leastPhotos) {
      return fail(
        'refused',
        `An integer build needs ${leastPhotos} photos or more, and here are ${photos.length}.`,
        'Choose a folder with more.',
      )
    }
    await this.discard()
    const abort = new AbortController()
    const ended = this.run(model, photos, abort.signal).finally(() => {
      this.running = undefined
    })
    this.running = { abort, ended }
    return ok(undefined)
  }

  async stop(): Promise<void> {
    this.running?.abort.abort(new Error('It was stopped.'))
    await this.running?.ended
  }

  /** Installs what was made, if it is faster; answers with its id. */
  async keep(): Promise<Result<string>> {
    if (this.finished === undefined) return fail('not-found', 'There is nothing to keep.')
    const { model, folder, report } = this.finished
    if (!isFaster(report)) {
      return fail('refused', 'It is not faster than the original, and not as exact.', 'Discard it.')
    }
    const id = quantisedId(model.card.id)
    try {
      await keepQuantised(folder, join(this.options.userModelsFolder, id), model, report)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOTEMPTY' || code === 'EEXIST') {
        return fail('refused', `${id} is installed already.`, 'Remove it first.')
      }
      if (code === 'ENOSPC')
        return fail('disk-full', 'The disk is full.', 'Make room, then keep it.')
      return fail('internal', `It could not be kept: ${message}`)
    }
    this.finished = undefined
    this.change(null)
    return ok(id)
  }

  /** Throws away what was made, or the reason why it was not. */
  async discard(): Promise<void> {
    const { finished } = this
    this.finished = undefined
    if (this.running === undefined) this.change(null)
    if (finished !== undefined) await rm(finished.folder, { recursive: true, force: true })
  }

  async dispose(): Promise<void> {
    await this.stop()
    await this.discard()
  }

  private async run(
    model: InstalledModel,
    photos: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const { id: modelId } = model.card
    const { userModelsFolder, fork } = this.options
    const folder = join(userModelsFolder, `${incomingPrefix}${randomUUID()}`)
    this.change({ state: 'running', modelId, text: 'Reading photos', share: 0 })
    try {
      await mkdir(folder, { recursive: true })
      const report = await runQuantiser(
        fork,
        {
          type: 'quantise',
          spec: model.spec,
          unitLayers: model.card.unitLayers,
          floatPath: model.network.onnxPath,
          outPath: join(folder, quantisedFile),
          // Half of them: the library's own work goes on.
          threads: Math.max(1, Math.min(8, availableParallelism() >> 1)),
          ...calibrationPhotos(photos, calibrate, check),
        },
        signal,
        (text, share) => this.change({ state: 'running', modelId, text, share }),
      )
      this.finished = { model, folder, report }
      const { unitLayers: _layers, sha256: _hash, ...told } = report
      this.change({ state: 'done', modelId, isFaster: isFaster(report), ...told })
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      if (signal.aborted) return this.change(null)
      const reason = error instanceof Error ? error.message : String(error)
      this.change({ state: 'failed', modelId, reason })
    }
  }

  private change(status: QuantisationStatus | null): void {
    this.current = status
    this.options.onChange()
  }
}

/** By more than what another program's moment makes of it. */
const isFaster = ({ photosPerSecond: { float, int8 } }: QuantiseReport): boolean =>
  int8 > float * 1.03
