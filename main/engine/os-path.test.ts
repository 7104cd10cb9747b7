import { describe, expect, it } from 'vitest'
import { forDisplay, forFs, fromBytes } from './os-path.ts'

describe('paths of the system', () => {
  it('become text where their bytes are UTF-8', () => {
    const text = '/photos/Zürich ✓ 東京.jpg'
    expect(fromBytes(Buffer.from(text))).toBe(text)
    expect(forFs(text)).toBe(text)
    expect(forDisplay(text)).toBe(text)
  })

  it('stay bytes where text would lose them, and come back byte for byte', () => {
    const bytes = Uint8Array.of(0x2f, 0x61, 0xff, 0xfe, 0x2e, 0x6a, 0x70, 0x67)
    const path = fromBytes(bytes)
    expect(path).toEqual(bytes)
    expect(Buffer.compare(Buffer.from(forFs(path)), bytes)).toBe(0)
    expect(forDisplay(path)).toBe('/a\ufffd\ufffd.jpg')
  })

  it('are copied out of the memory they came from', () => {
    const shared = Buffer.from([0xff, 0x61])
    const path = fromBytes(shared)
    shared[1] = 0x62
    expect(path).toEqual(Uint8Array.of(0xff, 0x61))
  })

  it('pass a part of a larger buffer on as just that part', () => {
    const whole = Uint8Array.of(1, 2, 0xff, 0x61, 3)
    expect([...Buffer.from(forFs(whole.subarray(2, 4)))]).toEqual([0xff, 0x61])
  })

  it('keep a byte order mark: it is part of the name', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61])
    expect(Buffer.from(fromBytes(bytes))).toEqual(bytes)
  })

  it('do not take overlong or surrogate encodings for text', () => {
    expect(fromBytes(Uint8Array.of(0xc0, 0xaf))).toBeInstanceOf(Uint8Array)
    expect(fromBytes(Uint8Array.of(0xed, 0xa0, 0x80))).toBeInstanceOf(Uint8Array)
  })
})
