// The k greatest of many values, in order.

/** An insertion into a short list: after the first few hardly any value gets that far. */
export class BestRows {
  readonly rows: number[] = []
  readonly values: number[] = []

  constructor(private readonly k: number) {}

  /** What a value must exceed to be among them. */
  get least(): number {
    if (this.values.length < this.k) return Number.NEGATIVE_INFINITY
    return this.values[this.k - 1] ?? Number.NEGATIVE_INFINITY
  }

  /** Equal ones stay in the order in which they came. */
  offer(row: number, value: number): void {
    if (value <= this.least) return
    const { rows, values } = this
    let at = values.length
    while (at > 0 && (values[at - 1] ?? 0) < value) at--
    values.splice(at, 0, value)
    rows.splice(at, 0, row)
    if (values.length > this.k) {
      values.pop()
      rows.pop()
    }
  }
}
