// Renders that the engine has been asked for and not delivered yet.
import type { ImageSource, ToEngine } from './protocol.ts'

interface Waiting {
  readonly resolve: (jpeg: Uint8Array) => void
  readonly reject: (error: Error) => void
}

export class RenderCalls {
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()

  /** An upright sRGB JPEG of at most `maxSidePx`. */
  ask(
    send: (message: ToEngine) => void,
    source: ImageSource,
    maxSidePx: number,
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++
      this.waiting.set(id, { resolve, reject })
      send({ type: 'render', id, source, maxSidePx })
    })
  }

  rendered(id: number, jpeg: Uint8Array): void {
    this.waiting.get(id)?.resolve(jpeg)
    this.waiting.delete(id)
  }

  /** @returns whether it was a render that failed */
  failed(id: number, reason: string): boolean {
    const waiter = this.waiting.get(id)
    this.waiting.delete(id)
    waiter?.reject(new Error(reason))
    return waiter !== undefined
  }

  failAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
