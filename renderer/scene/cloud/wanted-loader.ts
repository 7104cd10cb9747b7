// Loads what is wanted, the most wanted first, and gives up what no longer is.

export interface LoaderOptions<T> {
  /** Requests under way at once, and ids to a request. */
  readonly requestsAtOnce: number
  readonly idsPerRequest: number
  readonly load: (ids: Uint32Array, signal: AbortSignal) => Promise<T>
  readonly onLoaded: (ids: Uint32Array, loaded: T) => void
}

interface Request {
  readonly ids: Uint32Array
  readonly cancel: AbortController
}

export class WantedLoader<T> {
  private wanted: readonly number[] = []
  private readonly loading = new Set<number>()
  private readonly failed = new Set<number>()
  private readonly requests = new Set<Request>()

  constructor(private readonly options: LoaderOptions<T>) {}

  get atRest(): boolean {
    return this.requests.size === 0
  }

  /** @param ids that are not there yet, the most wanted first */
  want(ids: readonly number[]): void {
    this.wanted = ids
    const wanted = new Set(ids)
    for (const request of this.requests) {
      if (request.ids.some((id) => wanted.has(id))) continue
      request.cancel.abort()
      this.finish(request)
    }
    this.startMore()
  }

  /** What could not be loaded before is asked for again. */
  retry(): void {
    this.failed.clear()
  }

  dispose(): void {
    this.want([])
  }

  private startMore(): void {
    const { requestsAtOnce, idsPerRequest } = this.options
    let at = 0
    while (this.requests.size < requestsAtOnce && at < this.wanted.length) {
      const ids: number[] = []
      for (; ids.length < idsPerRequest && at < this.wanted.length; at++) {
        const id = this.wanted[at] ?? 0
        if (!this.loading.has(id) && !this.failed.has(id)) ids.push(id)
      }
      if (ids.length > 0) void this.start(Uint32Array.from(ids))
    }
    this.wanted = this.wanted.slice(at)
  }

  private async start(ids: Uint32Array): Promise<void> {
    const request: Request = { ids, cancel: new AbortController() }
    this.requests.add(request)
    for (const id of ids) this.loading.add(id)
    try {
      const loaded = await this.options.load(ids, request.cancel.signal)
      if (!request.cancel.signal.aborted) this.options.onLoaded(ids, loaded)
    } catch {
      // A picture that cannot be had leaves its dot; asking again at every move would not end.
      if (!request.cancel.signal.aborted) for (const id of ids) this.failed.add(id)
    }
    if (request.cancel.signal.aborted) return
    this.finish(request)
    this.startMore()
  }

  private finish(request: Request): void {
    this.requests.delete(request)
    for (const id of request.ids) this.loading.delete(id)
  }
}
