// Sets that are joined (Galler and Fischer 1964), with path halving and union by size.
export class UnionFind {
  private readonly parents: Uint32Array
  private readonly sizes: Uint32Array

  constructor(count: number) {
    this.parents = Uint32Array.from({ length: count }, (_, i) => i)
    this.sizes = new Uint32Array(count).fill(1)
  }

  /** The number that stands for an element's set. */
  find(element: number): number {
    const { parents } = this
    let at = element
    for (;;) {
      const parent = parents[at] ?? at
      if (parent === at) return at
      const above = parents[parent] ?? parent
      parents[at] = above
      at = above
    }
  }

  /** @returns false when both were in one set already */
  join(a: number, b: number): boolean {
    let [big, small] = [this.find(a), this.find(b)]
    if (big === small) return false
    if ((this.sizes[big] ?? 0) < (this.sizes[small] ?? 0)) [big, small] = [small, big]
    this.parents[small] = big
    this.sizes[big] = (this.sizes[big] ?? 0) + (this.sizes[small] ?? 0)
    return true
  }
}
