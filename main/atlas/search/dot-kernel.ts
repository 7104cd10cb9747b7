// The inner loop of the search for neighbours: a WebAssembly module of 16-bit by 8-bit products.
/// <reference path="./web-assembly.d.ts" />

/**
 * `dots(rows, count, dim, query, out)`, all byte addresses and numbers i32: for each of `count` rows
 * of `dim` int8 (a multiple of 16, aligned to 16) the dot product with the int16 query, to int32 at
 * `out`. The caller sees to it that no sum leaves int32.
 *
 * Written out by hand because it is one loop: a compiler for it would weigh more than all of this.
 */
export interface DotKernel {
  readonly memory: WebAssembly.Memory
  dots(rows: number, count: number, dim: number, query: number, out: number): void
}

const pageBytes = 65_536

/** @param bytes of memory that the caller will use, from address 0 on; at most 4 GiB less a page */
export function dotKernel(bytes: number): DotKernel {
  const pages = Math.ceil(bytes / pageBytes)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const module = new WebAssembly.Module(moduleBytes(pages))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  // The module below exports exactly this.
  return { memory, dots: exports.dots as DotKernel['dots'] }
}

const i32 = 0x7f
const v128 = 0x7b
const wasm = {
  block: 0x02,
  loop: 0x03,
  branch: 0x0c,
  branchIf: 0x0d,
  end: 0x0b,
  noResult: 0x40,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  constant: 0x41,
  add: 0x6a,
  subtract: 0x6b,
  isZero: 0x45,
  lessThanUnsigned: 0x49,
  storeInt32: 0x36,
} as const
const simd = {
  load: [0xfd, 0x00],
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  lowHalfAsInt16: [0xfd, 0x87, 0x01],
  highHalfAsInt16: [0xfd, 0x88, 0x01],
  pairsOfProducts: [0xfd, 0xba, 0x01],
  addInt32: [0xfd, 0xae, 0x01],
  lane: [0xfd, 0x1b],
} as const

/** Parameters, then locals. */
const at = { rows: 0, count: 1, dim: 2, query: 3, out: 4, q: 5, end: 6, low: 7, high: 8, eight: 9 }

const code: readonly number[] = [
  ...[wasm.block, wasm.noResult, wasm.loop, wasm.noResult],
  // Until no row is left.
  ...[wasm.get, at.count, wasm.isZero, wasm.branchIf, 1],
  ...[wasm.get, at.count, wasm.constant, 1, wasm.subtract, wasm.set, at.count],
  ...[wasm.get, at.query, wasm.set, at.q],
  ...[wasm.get, at.rows, wasm.get, at.dim, wasm.add, wasm.set, at.end],
  ...[...simd.zero, wasm.tee, at.low, wasm.set, at.high],
  ...[wasm.loop, wasm.noResult],
  ...[wasm.get, at.rows, ...simd.load, 4, 0, wasm.set, at.eight],
  ...[wasm.get, at.low, wasm.get, at.eight, ...simd.lowHalfAsInt16],
  ...[wasm.get, at.q, ...simd.load, 4, 0, ...simd.pairsOfProducts],
  ...[...simd.addInt32, wasm.set, at.low],
  ...[wasm.get, at.high, wasm.get, at.eight, ...simd.highHalfAsInt16],
  ...[wasm.get, at.q, ...simd.load, 4, 16, ...simd.pairsOfProducts],
  ...[...simd.addInt32, wasm.set, at.high],
  ...[wasm.get, at.q, wasm.constant, 32, wasm.add, wasm.set, at.q],
  ...[wasm.get, at.rows, wasm.constant, 16, wasm.add, wasm.tee, at.rows],
  ...[wasm.get, at.end, wasm.lessThanUnsigned, wasm.branchIf, 0],
  wasm.end,
  ...[wasm.get, at.low, wasm.get, at.high, ...simd.addInt32, wasm.set, at.low],
  ...[wasm.get, at.out],
  ...[wasm.get, at.low, ...simd.lane, 0, wasm.get, at.low, ...simd.lane, 1, wasm.add],
  ...[wasm.get, at.low, ...simd.lane, 2, wasm.add, wasm.get, at.low, ...simd.lane, 3, wasm.add],
  ...[wasm.storeInt32, 2, 0],
  ...[wasm.get, at.out, wasm.constant, 4, wasm.add, wasm.set, at.out],
  ...[wasm.branch, 0, wasm.end, wasm.end],
]

/** The binary format of the WebAssembly Core Specification 2.0, chapter 5. */
function moduleBytes(pages: number): Uint8Array<ArrayBuffer> {
  const section = (id: number, ...content: number[]): number[] => [id, ...sized(content)]
  const locals = [3, 2, i32, 2, v128, 1, v128]
  const body = sized([...locals, ...code, wasm.end])
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // One type: five i32, no result.
    ...section(1, 1, 0x60, 5, i32, i32, i32, i32, i32, 0),
    // Memory with a minimum and a maximum.
    ...section(2, 1, ...text('env'), ...text('memory'), 2, 1, ...leb128(pages), ...leb128(pages)),
    ...section(3, 1, 0),
    ...section(7, 1, ...text('dots'), 0, 0),
    ...section(10, 1, ...body),
  ])
}

const sized = (content: readonly number[]): number[] => [...leb128(content.length), ...content]
const text = (name: string): number[] => sized([...Buffer.from(name)])

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...leb128(Math.floor(value / 128))]
}
