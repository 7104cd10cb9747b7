// The dreams of an atlas's cells: one at a time, the most wanted first, kept on disk.
import type { AtlasCellPlace, CellDream } from '../../../preload/contract/activation-atlas.ts'
import type { CallClient } from '../../inspect/call-client.ts'
import { CallError } from '../../inspect/calls.ts'
import type { NetworkSpec } from '../../inspect/protocol.ts'
import type { AtlasMap, CellDirections } from '../atlas-map.ts'
import { dreamDirection } from './dream-direction.ts'
import { makeDream } from './make-dream.ts'

export interface CellDreamsOptions {
  readonly worker: CallClient
  readonly spec: NetworkSpec
  readonly map: AtlasMap
  readonly directions: CellDirections
  /** Where finished dreams are kept. */
  readonly folder: string
  readonly onDream: (dream: CellDream) => void
}

export const cellDreamSidePx = 128
export const cellDreamSteps = 96
const progressEveryMs = 500

const keyOf = ({ side, column, row }: AtlasCellPlace): string => `${side}-${column}-${row}`

export class CellDreams {
  private wanted: readonly AtlasCellPlace[] = []
  private readonly done = new Map<string, Uint8Array>()
  private readonly failed = new Set<string>()
  private running: { readonly key: string; readonly abort: AbortController } | undefined

  constructor(private readonly options: CellDreamsOptions) {}

  /** What is not among them is not gone on with. */
  want(cells: readonly AtlasCellPlace[]): void {
    this.wanted = cells
    const keys = new Set(cells.map(keyOf))
    for (const cell of cells) if (this.done.has(keyOf(cell))) this.tell(cell, 'done', 1)
    if (this.running !== undefined) {
      if (!keys.has(this.running.key)) this.running.abort.abort()
      return
    }
    void this.goOn()
  }

  /** A PNG file. @param key "side-column-row" */
  picture(key: string): Uint8Array | undefined {
    return this.done.get(key)
  }

  dispose(): void {
    this.wanted = []
    this.running?.abort.abort()
  }

  private async goOn(): Promise<void> {
    for (;;) {
      const next = this.wanted.find((cell) => {
        const key = keyOf(cell)
        return !this.done.has(key) && !this.failed.has(key)
      })
      if (next === undefined) return
      const key = keyOf(next)
      const abort = new AbortController()
      this.running = { key, abort }
      try {
        this.done.set(key, await this.dream(next, abort.signal))
        this.tell(next, 'done', 1)
      } catch (error) {
        if (!(error instanceof CallError && error.code === 'cancelled')) {
          this.failed.add(key)
          this.tell(next, 'failed', 0, error instanceof Error ? error.message : String(error))
        }
      } finally {
        this.running = undefined
      }
    }
  }

  private async dream(place: AtlasCellPlace, signal: AbortSignal): Promise<Uint8Array> {
    const { worker, folder, spec, map, directions } = this.options
    const { layer, channels, seed } = map
    const cell = cellNumber(map, place)
    const own = directions.means.subarray(cell * channels, (cell + 1) * channels)
    const direction = dreamDirection(own, directions.mean, directions.deviations)
    const size = { sidePx: cellDreamSidePx, steps: cellDreamSteps }
    let toldMs = 0
    return makeDream(
      worker,
      folder,
      { spec, layer, direction, ...size, seed },
      {
        signal,
        onProgress: ({ done, total }) => {
          if (performance.now() - toldMs < progressEveryMs) return
          toldMs = performance.now()
          this.tell(place, 'dreaming', done / total)
        },
      },
    )
  }

  private tell(
    place: AtlasCellPlace,
    state: CellDream['state'],
    fraction: number,
    reason = '',
  ): void {
    const { map, onDream } = this.options
    onDream({ atlasId: map.id, ...place, state, fraction, reason })
  }
}

/** @returns its place among the cells of all levels. @throws CallError when there is none there */
export function cellNumber(
  { levels }: Pick<AtlasMap, 'levels'>,
  { side, column, row }: AtlasCellPlace,
): number {
  let before = 0
  for (const level of levels) {
    const at = level.cells.findIndex((cell) => cell.column === column && cell.row === row)
    if (level.side === side && at >= 0) return before + at
    before += level.cells.length
  }
  throw new CallError('not-found', 'There is no such cell on this atlas.')
}
