// FlatBuffers written by hand, slot by slot; for tests.

export type Value =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly table: Fields }
  | { readonly tables: readonly Fields[] }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly int64s: readonly number[] }
  | { readonly bytes: Uint8Array }
export type Fields = Readonly<Record<number, Value>>

/** Writes FlatBuffers front to back: each table behind its vtable, children behind their parent. */
class Writer {
  private readonly view = new DataView(new ArrayBuffer(16_384))
  private end = 8

  static file(root: Fields, mark = 'TFL3'): Uint8Array {
    const writer = new Writer()
    for (let i = 0; i < 4; i++) writer.view.setUint8(4 + i, mark.charCodeAt(i))
    writer.view.setUint32(0, writer.table(root), true)
    return new Uint8Array(writer.view.buffer.slice(0, writer.end))
  }

  private take(bytes: number): number {
    const at = this.end
    this.end += bytes
    return at
  }

  private table(fields: Fields): number {
    const slots = Object.keys(fields).map(Number)
    const vtableBytes = 4 + 2 * (Math.max(-1, ...slots) + 1)
    const vtable = this.take(vtableBytes)
    const at = this.take(4 + 4 * slots.length)
    this.view.setUint16(vtable, vtableBytes, true)
    this.view.setUint16(vtable + 2, 4 + 4 * slots.length, true)
    this.view.setInt32(at, at - vtable, true)
    slots.forEach((slot, i) => {
      this.view.setUint16(vtable + 4 + slot * 2, 4 + 4 * i, true)
      const value = fields[slot]
      if (value !== undefined) this.field(at + 4 + 4 * i, value)
    })
    return at
  }

  private field(at: number, value: Value): void {
    if ('int' in value) this.view.setInt32(at, value.int, true)
    else if ('float' in value) this.view.setFloat32(at, value.float, true)
    else if ('table' in value) this.view.setUint32(at, this.table(value.table) - at, true)
    else this.vector(at, value)
  }

  private vector(at: number, value: Exclude<Value, { int: number } | { float: number }>): void {
    const point = (length: number, elementBytes: number): number => {
      const head = this.take(4 + length * elementBytes)
      this.view.setUint32(at, head - at, true)
      this.view.setUint32(head, length, true)
      return head + 4
    }
    if ('tables' in value) {
      const start = point(value.tables.length, 4)
      value.tables.forEach((fields, i) => {
        this.view.setUint32(start + i * 4, this.table(fields) - (start + i * 4), true)
      })
    } else if ('ints' in value) {
      const start = point(value.ints.length, 4)
      value.ints.forEach((n, i) => {
        this.view.setInt32(start + i * 4, n, true)
      })
    } else if ('floats' in value) {
      const start = point(value.floats.length, 4)
      value.floats.forEach((n, i) => {
        this.view.setFloat32(start + i * 4, n, true)
      })
    } else if ('int64s' in value) {
      const start = point(value.int64s.length, 8)
      value.int64s.forEach((n, i) => {
        this.view.setBigInt64(start + i * 8, BigInt(n), true)
      })
    } else if ('bytes' in value) {
      const start = point(value.bytes.length, 1)
      new Uint8Array(this.view.buffer).set(value.bytes, start)
    }
  }
}

/** The bytes of a file whose root has these fields, by their slots. */
export const flatbuffer = (root: Fields, mark?: string): Uint8Array => Writer.file(root, mark)

export const text = (value: string): Value => ({ bytes: new TextEncoder().encode(value) })
