// Which cell of a texture holds which photo's picture; the one unwanted for longest makes room.

export class SlotCache {
  /** Ids in the order they were last wanted. */
  private readonly cells = new Map<number, number>()
  private readonly free: number[]
  private kept = new Set<number>()

  constructor(readonly capacity: number) {
    this.free = Array.from({ length: capacity }, (_, i) => capacity - 1 - i)
  }

  get size(): number {
    return this.cells.size
  }

  /** The cell of an id, -1 when it has none. */
  cellOf(id: number): number {
    return this.cells.get(id) ?? -1
  }

  /** These are wanted now and keep their cells until the next call. */
  keep(ids: Iterable<number>): void {
    this.kept = new Set(ids)
    for (const id of this.kept) {
      const cell = this.cells.get(id)
      if (cell === undefined) continue
      this.cells.delete(id)
      this.cells.set(id, cell)
    }
  }

  /** @returns a cell for the id, -1 when all others are wanted */
  take(id: number): number {
    const held = this.cells.get(id)
    if (held !== undefined) return held
    const cell = this.free.pop() ?? this.evict()
    if (cell >= 0) this.cells.set(id, cell)
    return cell
  }

  forget(id: number): void {
    const cell = this.cells.get(id)
    if (cell === undefined) return
    this.cells.delete(id)
    this.free.push(cell)
  }

  private evict(): number {
    for (const [id, cell] of this.cells) {
      if (this.kept.has(id)) continue
      this.cells.delete(id)
      return cell
    }
    return -1
  }
}
