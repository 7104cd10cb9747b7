// Reads FlatBuffers tables with every access checked against the buffer's end.
// Format: https://flatbuffers.dev/internals/

/** A malformed buffer makes every reader below throw this (or a RangeError from DataView). */
export class FlatbufferError extends Error {}

/** One table of a FlatBuffer: fields are read by their slot number in the schema. */
export class Table {
  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  /** The root table of `bytes`. */
  static root(bytes: Uint8Array): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new Table(view, view.getUint32(0, true))
  }

  /** Absolute position of a field, or 0 when the table leaves it at its default. */
  private field(slot: number): number {
    const vtable = this.at - this.view.getInt32(this.at, true)
    const entry = 4 + slot * 2
    if (entry >= this.view.getUint16(vtable, true)) return 0
    const offset = this.view.getUint16(vtable + entry, true)
    return offset === 0 ? 0 : this.at + offset
  }

  int32(slot: number, fallback = 0): number {
    const at = this.field(slot)
    return at === 0 ? fallback : this.view.getInt32(at, true)
  }

  uint32(slot: number, fallback = 0): number {
    const at = this.field(slot)
    return at === 0 ? fallback : this.view.getUint32(at, true)
  }

  int8(slot: number, fallback = 0): number {
    const at = this.field(slot)
    return at === 0 ? fallback : this.view.getInt8(at)
  }

  float32(slot: number, fallback = 0): number {
    const at = this.field(slot)
    return at === 0 ? fallback : this.view.getFloat32(at, true)
  }

  bool(slot: number): boolean {
    return this.int8(slot) !== 0
  }

  table(slot: number): Table | undefined {
    const at = this.field(slot)
    return at === 0 ? undefined : new Table(this.view, at + this.view.getUint32(at, true))
  }

  string(slot: number): string {
    const bytes = this.bytes(slot)
    return bytes === undefined ? '' : new TextDecoder().decode(bytes)
  }

  /** Start and length of a vector field, its end checked for elements of `elementSize` bytes. */
  private vector(slot: number, elementSize: number): { start: number; length: number } | undefined {
    const at = this.field(slot)
    if (at === 0) return undefined
    const head = at + this.view.getUint32(at, true)
    const length = this.view.getUint32(head, true)
    if (head + 4 + length * elementSize > this.view.byteLength) {
      throw new FlatbufferError(`Expected a vector inside the file but received length ${length}`)
    }
    return { start: head + 4, length }
  }

  private list<T>(slot: number, elementSize: number, read: (at: number) => T): T[] {
    const vector = this.vector(slot, elementSize)
    if (vector === undefined) return []
    return Array.from({ length: vector.length }, (_, i) => read(vector.start + i * elementSize))
  }

  /** A copy of a byte vector; undefined when the field is absent. */
  bytes(slot: number): Uint8Array | undefined {
    const vector = this.vector(slot, 1)
    if (vector === undefined) return undefined
    const start = this.view.byteOffset + vector.start
    return new Uint8Array(this.view.buffer.slice(start, start + vector.length))
  }

  int32s(slot: number): number[] {
    return this.list(slot, 4, (at) => this.view.getInt32(at, true))
  }

  float32s(slot: number): number[] {
    return this.list(slot, 4, (at) => this.view.getFloat32(at, true))
  }

  int64s(slot: number): number[] {
    return this.list(slot, 8, (at) => Number(this.view.getBigInt64(at, true)))
  }

  tables(slot: number): Table[] {
    return this.list(slot, 4, (at) => new Table(this.view, at + this.view.getUint32(at, true)))
  }
}
