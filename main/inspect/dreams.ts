// Dreams that are being made or were made: one at a time, kept on disk by what was asked for.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Dream } from '../../preload/contract/inspector.ts'
import type { CallClient } from './call-client.ts'
import { CallError } from './calls.ts'
import { callNetwork } from './network-calls.ts'
import type { DreamPicture, DreamRequest } from './protocol.ts'

export interface DreamsOptions {
  /** Where finished dreams are kept. */
  readonly folder: string
  readonly onChange: (dream: Dream) => void
}

/** Who dreams. */
export interface Dreamer {
  readonly worker: CallClient
  /** Hash of the network: another one dreams anew. */
  readonly modelSha256: string
}

interface Entry {
  dream: Dream
  png: Uint8Array | undefined
  readonly abort: AbortController
}

/** Raise it with every change of how dreams are made. */
const dreamVersion = 1

const record = z.object({ activation: z.number(), steps: z.int(), ms: z.number() })

export class Dreams {
  private readonly entries = new Map<string, Entry>()

  constructor(private readonly options: DreamsOptions) {}

  /** Starts a dream, or finds the one that was made for the same request; ends any other. */
  async start(request: DreamRequest, dreamer: Dreamer): Promise<Dream> {
    const id = idOf(request, dreamer)
    const known = this.entries.get(id)
    if (known?.dream.state === 'running' || known?.dream.state === 'done') return known.dream
    for (const other of this.entries.values()) other.abort.abort()
    const { spec, layer, channel, seed, steps } = request
    const entry: Entry = {
      abort: new AbortController(),
      png: undefined,
      dream: {
        id,
        modelId: spec.id,
        layer,
        channel,
        seed,
        steps,
        state: 'running',
        step: 0,
        activation: 0,
        picture: 0,
        ms: 0,
        reason: '',
      },
    }
    this.entries.set(id, entry)
    if (!(await this.recall(entry))) void this.make(entry, request, dreamer)
    return entry.dream
  }

  cancel(id: string): void {
    this.entries.get(id)?.abort.abort()
  }

  /** The latest picture as PNG. */
  picture(id: string): Uint8Array | undefined {
    return this.entries.get(id)?.png
  }

  private async make(entry: Entry, request: DreamRequest, { worker }: Dreamer): Promise<void> {
    const start = performance.now()
    const show = (picture: DreamPicture, state: Dream['state']): void => {
      entry.png = picture.png
      this.change(entry, {
        state,
        step: picture.step,
        activation: picture.activation,
        picture: entry.dream.picture + 1,
        ms: performance.now() - start,
      })
    }
    try {
      const last = await callNetwork(worker, 'dream', request, {
        signal: entry.abort.signal,
        onProgress: (picture) => show(picture, 'running'),
      })
      show(last, 'done')
      await this.keep(entry)
    } catch (error) {
      const cancelled = error instanceof CallError && error.code === 'cancelled'
      const reason = error instanceof Error ? error.message : String(error)
      this.change(entry, {
        state: cancelled ? 'cancelled' : 'failed',
        reason: cancelled ? '' : reason,
      })
    }
  }

  private change(entry: Entry, change: Partial<Dream>): void {
    entry.dream = { ...entry.dream, ...change }
    this.options.onChange(entry.dream)
  }

  private file(entry: Entry, ending: 'png' | 'json'): string {
    return join(this.options.folder, `${entry.dream.id}.${ending}`)
  }

  private async recall(entry: Entry): Promise<boolean> {
    try {
      const known = record.parse(JSON.parse(await readFile(this.file(entry, 'json'), 'utf8')))
      entry.png = new Uint8Array(await readFile(this.file(entry, 'png')))
      const { activation, ms, steps } = known
      entry.dream = { ...entry.dream, state: 'done', step: steps, activation, ms, picture: 1 }
      return true
    } catch {
      // Not there or not whole: it is made again.
      return false
    }
  }

  /** The record comes last, so that a dream is there wholly or not at all. */
  private async keep(entry: Entry): Promise<void> {
    const { activation, steps, ms } = entry.dream
    if (entry.png === undefined) return
    try {
      await mkdir(this.options.folder, { recursive: true })
      await writeFile(this.file(entry, 'png'), entry.png)
      const json = this.file(entry, 'json')
      await writeFile(`${json}.new`, JSON.stringify({ activation, steps, ms }))
      await rename(`${json}.new`, json)
    } catch (error) {
      // A full disk costs no more than making it again some day.
      process.stderr.write(`The dream could not be kept: ${String(error)}\n`)
    }
  }
}

function idOf(
  { spec, layer, channel, steps, seed }: DreamRequest,
  { modelSha256 }: Dreamer,
): string {
  const key = [dreamVersion, spec.id, modelSha256, layer, channel, steps, seed]
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)
}
