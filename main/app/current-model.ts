// The model in use and its engine; another takes their place only once its own engine runs.
import { z } from 'zod'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import { type Failure, fail, ok, type Result } from '../../preload/contract/errors.ts'
import type { ModelsOverview } from '../../preload/contract/models.ts'
import type { EngineHost } from '../engine/host.ts'
import { type InstalledModel, sentenceOf } from '../models/installed.ts'
import type { JsonFile } from './json-file.ts'

/** What a person chose, from one start to the next. */
export const modelChoice = z.object({ modelId: z.string(), beforeId: z.string().nullable() })
export type ModelChoice = Readonly<z.infer<typeof modelChoice>>

/** Works with the model: an open library. */
export interface ModelUser {
  /** Ends work on photos, which would slow down the measuring of another model. */
  rest(): Promise<void>
  /** Goes on with the model that is in use now. */
  adopt(): Promise<void>
  /** Goes on as before. */
  goOn(): Promise<void>
}

export interface CurrentModelOptions {
  readonly choice: Pick<JsonFile<ModelChoice>, 'read' | 'write'>
  /** Used where the chosen one cannot be. */
  readonly defaultId: string
  readonly find: (id: string) => Promise<Result<InstalledModel>>
  readonly startEngine: (
    model: InstalledModel,
    onStatus: (status: EngineStatus) => void,
  ) => EngineHost
  readonly user: () => ModelUser
  readonly onStatus: (status: EngineStatus) => void
  /** Another model is in use, or is being tried. */
  readonly onChange: () => void
}

interface Running {
  readonly model: InstalledModel
  readonly engine: EngineHost
}

export class CurrentModel {
  private running: Running
  private turn: Promise<unknown> = Promise.resolve()
  private trying: string | null = null
  private closed = false
  private gaveUp: ModelsOverview['givenUp'] = null

  private constructor(
    private readonly options: CurrentModelOptions,
    model: InstalledModel,
    private before: string | null,
  ) {
    this.running = this.start(model)
  }

  /**
   * Starts with what was chosen, or with the default model when that cannot be had.
   *
   * @throws Error with a sentence when the default model is missing as well
   */
  static async open(options: CurrentModelOptions): Promise<CurrentModel> {
    const { modelId, beforeId } = await options.choice.read()
    const chosen = await options.find(modelId)
    if (chosen.ok) return new CurrentModel(options, chosen.value, beforeId)
    const fallback = await options.find(options.defaultId)
    if (!fallback.ok) throw new Error(sentenceOf(fallback.error))
    await options.choice.write({ modelId: options.defaultId, beforeId: null })
    const current = new CurrentModel(options, fallback.value, null)
    current.giveUp(modelId, sentenceOf(chosen.error))
    return current
  }

  get model(): InstalledModel {
    return this.running.model
  }

  get engine(): EngineHost {
    return this.running.engine
  }

  /** The model that was in use before; null when there was none, or it was removed. */
  get beforeId(): string | null {
    return this.before
  }

  /** The last time that a model was given up for another one, and why. */
  get givenUp(): ModelsOverview['givenUp'] {
    return this.gaveUp
  }

  /** The model that is being tried. */
  get tryingId(): string | null {
    return this.trying
  }

  /** Fails when the model does not run; then everything stays as it was. One change at a time. */
  use(id: string): Promise<Result<void>> {
    return this.inTurn(id, false)
  }

  /** The same for a model whose files changed, though it may be in use. */
  startAnew(id: string): Promise<Result<void>> {
    return this.inTurn(id, true)
  }

  private inTurn(id: string, anew: boolean): Promise<Result<void>> {
    const turn = this.turn.then(() => this.change(id, anew))
    this.turn = turn.catch(() => {})
    return turn
  }

  /** A model was removed, so that there is no way back to it. */
  async forget(id: string): Promise<void> {
    if (this.before !== id) return
    this.before = null
    await this.remember()
  }

  dispose(): void {
    this.closed = true
    this.running.engine.dispose()
  }

  private async change(id: string, anew: boolean): Promise<Result<void>> {
    const { find, user, onStatus, onChange } = this.options
    const isUsed = id === this.model.card.id && this.engine.status.state !== 'failed'
    if (isUsed && !anew) return ok(undefined)
    const found = await find(id)
    if (!found.ok) return found
    this.trying = id
    onChange()
    try {
      await user().rest()
      const next = this.start(found.value)
      try {
        await next.engine.ready()
      } catch (error) {
        next.engine.dispose()
        await user().goOn()
        return this.notStarted(found.value, error)
      }
      const old = this.running
      this.running = next
      try {
        await user().adopt()
      } catch (error) {
        this.running = old
        next.engine.dispose()
        await user().goOn()
        return this.notStarted(found.value, error)
      }
      old.engine.dispose()
      if (old.model.card.id !== id) this.before = old.model.card.id
      await this.remember()
      onStatus(next.engine.status)
      return ok(undefined)
    } finally {
      this.trying = null
      onChange()
    }
  }

  private start(model: InstalledModel): Running {
    const engine = this.options.startEngine(model, (status) => this.heard(model, status))
    return { model, engine }
  }

  private heard(model: InstalledModel, status: EngineStatus): void {
    // What is being tried, or was given up, is not what the window is told about.
    if (model !== this.running?.model) return
    this.options.onStatus(status)
    if (status.state === 'failed' && !this.closed) void this.fallBack(model, status.reason)
  }

  private async fallBack({ card }: InstalledModel, reason: string): Promise<void> {
    const { defaultId } = this.options
    for (const id of [this.before, defaultId]) {
      if (id === null || id === card.id) continue
      const used = await this.use(id)
      if (!used.ok) continue
      // There is no way back to what does not run.
      await this.forget(card.id)
      this.giveUp(card.name, reason)
      return
    }
  }

  private giveUp(name: string, reason: string): void {
    const failure: Failure = {
      code: 'model-broken',
      message: `${name} cannot be used: ${reason}`,
      hint: `${this.model.card.name} is used instead.`,
    }
    this.gaveUp = { number: (this.gaveUp?.number ?? 0) + 1, failure }
    this.options.onChange()
  }

  private notStarted({ card }: InstalledModel, error: unknown): Result<never> {
    const reason = error instanceof Error ? error.message : String(error)
    return fail(
      'model-broken',
      `${card.name} could not be started: ${reason}`,
      `${this.model.card.name} stays in use.`,
    )
  }

  private async remember(): Promise<void> {
    await this.options.choice.write({ modelId: this.model.card.id, beforeId: this.before })
  }
}
