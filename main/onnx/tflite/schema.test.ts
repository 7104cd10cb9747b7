import { describe, expect, it } from 'vitest'
import { FlatbufferError, Table } from './flatbuffer.ts'
import { readTflite } from './schema.ts'
import { type Fields, flatbuffer, text, type Value } from './testing/flatbuffer-file.ts'

const quantised = (scale: number, zeroPoint: number): Value => ({
  table: { 2: { floats: [scale] }, 3: { int64s: [zeroPoint] } },
})

/** A RELU from one uint8 tensor to another, and a constant. */
const graph = (change: Fields = {}): Fields => ({
  0: {
    tables: [
      { 0: { ints: [1, 2, 2, 3] }, 1: { int: 3 }, 3: text('in'), 4: quantised(0.5, 128) },
      { 0: { ints: [1, 2, 2, 3] }, 1: { int: 3 }, 3: text('out') },
      { 0: { ints: [2] }, 1: { int: 9 }, 2: { int: 1 }, 3: text('weights') },
    ],
  },
  1: { ints: [0] },
  2: { ints: [1] },
  3: { tables: [{ 1: { ints: [0, -1] }, 2: { ints: [1] } }] },
  ...change,
})
const model = (change: Fields = {}, graphChange: Fields = {}): Fields => ({
  1: { tables: [{ 0: { int: 19 } }] },
  2: { tables: [graph(graphChange)] },
  4: { tables: [{}, { 0: { bytes: Uint8Array.of(7, 250) } }] },
  ...change,
})

describe('readTflite', () => {
  it('reads a hand-made file as the schema says', () => {
    const read = readTflite(flatbuffer(model()))
    expect(read.inputs).toEqual([0])
    expect(read.outputs).toEqual([1])
    expect(read.operators).toEqual([
      { name: 'RELU', inputs: [0, -1], outputs: [1], options: undefined },
    ])
    expect(read.tensors).toEqual([
      {
        name: 'in',
        type: 'uint8',
        shape: [1, 2, 2, 3],
        data: undefined,
        quantisation: { scales: [0.5], zeroPoints: [128], axis: 0 },
      },
      {
        name: 'out',
        type: 'uint8',
        shape: [1, 2, 2, 3],
        data: undefined,
        quantisation: undefined,
      },
      {
        name: 'weights',
        type: 'int8',
        shape: [2],
        data: Uint8Array.of(7, 250),
        quantisation: undefined,
      },
    ])
  })

  it('reads bytes that lie in the middle of a larger buffer', () => {
    const file = flatbuffer(model())
    const larger = new Uint8Array(file.byteLength + 5)
    larger.set(file, 5)
    expect(readTflite(larger.subarray(5))).toEqual(readTflite(file))
  })

  it('refuses another mark', () => {
    expect(() => readTflite(flatbuffer(model(), 'TFL2'))).toThrow(/TFL3/)
  })

  it('names an operator and a tensor type that it does not know', () => {
    const odd = model({ 1: { tables: [{ 0: { int: 127 }, 3: { int: 200 } }] } })
    expect(() => readTflite(flatbuffer(odd))).toThrow(/code 200/)
    const tensors = { tables: [{ 1: { int: 5 }, 3: text('words') }] }
    expect(() => readTflite(flatbuffer(model({}, { 0: tensors })))).toThrow(/in words, not STRING/)
  })

  it('refuses tensor and operator indices outside their lists, and a file without a graph', () => {
    const inputs = flatbuffer(model({}, { 1: { ints: [3] } }))
    expect(() => readTflite(inputs)).toThrow(FlatbufferError)
    const operators = { tables: [{ 0: { int: 1 }, 1: { ints: [0] }, 2: { ints: [1] } }] }
    expect(() => readTflite(flatbuffer(model({}, { 3: operators })))).toThrow(FlatbufferError)
    expect(() => readTflite(flatbuffer(model({ 2: { tables: [] } })))).toThrow(/graph/)
  })
})

describe('reading a malformed FlatBuffer', () => {
  /** Ends, in an error or a model that its own checks accept. */
  const survives = (bytes: Uint8Array): void => {
    try {
      readTflite(bytes)
    } catch (error) {
      expect(error instanceof FlatbufferError || error instanceof RangeError, `${error}`).toBe(true)
    }
  }

  it('throws on every truncation that cuts into something', () => {
    const file = flatbuffer(model())
    for (let length = 0; length < file.byteLength; length++) {
      expect(() => readTflite(file.slice(0, length)), `cut at ${length}`).toThrow()
    }
  })

  it('throws or ends on every single wrong byte', () => {
    const file = flatbuffer(model())
    for (let at = 0; at < file.byteLength; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const broken = file.slice()
        broken[at] = value
        survives(broken)
      }
    }
  })

  it('throws or ends on random bytes behind a good mark', () => {
    let state = 99
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    }
    for (let round = 0; round < 3000; round++) {
      const bytes = Uint8Array.from({ length: 16 + (random() % 100) }, random)
      bytes.set(new TextEncoder().encode('TFL3'), 4)
      // Mostly small offsets: large ones fall out at the first access.
      for (let i = 0; i < bytes.length; i++) if (i % 4 !== 0 && i >= 8) bytes[i] = 0
      bytes.set([8 + (random() % 8), 0, 0, 0], 0)
      survives(bytes)
    }
  })

  it('refuses a vector whose length runs past the end', () => {
    const bytes = flatbuffer({ 0: { ints: [1, 2, 3] } })
    const root = new DataView(bytes.buffer).getUint32(0, true)
    expect(Table.root(bytes).int32s(0)).toEqual([1, 2, 3])
    new DataView(bytes.buffer).setUint32(root + 8, 4, true)
    expect(() => Table.root(bytes).int32s(0)).toThrow(FlatbufferError)
    new DataView(bytes.buffer).setUint32(root + 8, 0xffff_ffff, true)
    expect(() => Table.root(bytes).int32s(0)).toThrow(FlatbufferError)
  })

  it('gives the default for fields that the table leaves out', () => {
    const table = Table.root(flatbuffer({ 1: { float: 1.5 } }))
    expect(table.float32(1)).toBe(1.5)
    expect(table.int32(0, 42)).toBe(42)
    expect(table.uint32(9, 7)).toBe(7)
    expect(table.bool(9)).toBe(false)
    expect(table.string(9)).toBe('')
    expect(table.table(9)).toBeUndefined()
    expect(table.tables(9)).toEqual([])
  })
})
