// Main's side of text networks: a process that is started when a text is first asked about.
import type { Fork } from '../engine/child-process.ts'
import { CallClient } from '../inspect/call-client.ts'
import { CallError, type FromCallee, type ToCallee } from '../inspect/calls.ts'
import type { LabelAnswer, LabelRequest, TextCalls } from './protocol.ts'
import type { TextTowerFiles } from './tower-spec.ts'

/** A network of half a gigabyte takes a while to load from a slow disk. */
const silenceLimitMs = 120_000
/** It holds some hundred megabytes; the next search within that time finds it there. */
const idleLimitMs = 120_000
/** Texts whose vectors are at hand, so that a filter that changes asks for nothing again. */
const keptTexts = 64

/** Whoever creates it disposes of it. */
export class TextEncoder {
  private readonly client: CallClient
  private readonly kept = new Map<string, Promise<Float32Array>>()

  constructor(fork: Fork<ToCallee, FromCallee>) {
    this.client = new CallClient(fork, idleLimitMs)
  }

  /**
   * @returns of unit length, [embeddingDim]
   * @throws CallError: `crashed` or `timeout` when the process had to be given up
   */
  embed(tower: TextTowerFiles, text: string): Promise<Float32Array> {
    const key = `${tower.sha256} ${text}`
    const known = this.kept.get(key)
    if (known !== undefined) return known
    const vector = this.call('embed', { tower, texts: [text] })
    this.kept.set(key, vector)
    vector.catch(() => this.kept.delete(key))
    for (const old of this.kept.keys()) {
      if (this.kept.size <= keptTexts) break
      this.kept.delete(old)
    }
    return vector
  }

  /** Writes a picture network with other labels. @throws CallError as {@link embed}, `cancelled` */
  label(
    request: LabelRequest,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void },
  ): Promise<LabelAnswer> {
    return this.call('label', request, options)
  }

  dispose(): void {
    this.client.dispose()
  }

  private async call<Name extends keyof TextCalls>(
    name: Name,
    input: TextCalls[Name]['input'],
    {
      signal,
      onProgress,
    }: { readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void } = {},
  ): Promise<TextCalls[Name]['answer']> {
    try {
      const answer = await this.client.call(name, input, {
        silenceLimitMs,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined
          ? {}
          : { onProgress: (told) => onProgress((told as TextCalls[Name]['progress']).fraction) }),
      })
      // The handlers in the child are typed by the same table.
      return answer as TextCalls[Name]['answer']
    } catch (error) {
      throw inItsWords(error)
    }
  }
}

function inItsWords(error: unknown): unknown {
  if (!(error instanceof CallError)) return error
  if (error.code === 'crashed') return new CallError('crashed', 'The text network stopped.')
  if (error.code === 'timeout') return new CallError('timeout', 'The text network took too long.')
  return error
}
