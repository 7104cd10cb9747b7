import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ForeignFileError, RecordFile } from './record-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latent-records-'))
  path = join(folder, 'records')
})
afterEach(() => rmSync(folder, { recursive: true }))

function using<T>(use: (file: RecordFile) => T, recordBytes = 4, tag = 'test'): T {
  const file = RecordFile.open(path, recordBytes, tag)
  try {
    return use(file)
  } finally {
    file.dispose()
  }
}

describe('RecordFile', () => {
  it('gives back each slot as it was written, also after it was opened again', () => {
    using((file) => {
      file.write(2, Uint8Array.of(9, 8, 7, 6))
      file.write(0, Uint8Array.of(1, 2, 3, 4))
      file.write(0, Uint8Array.of(5, 5, 5, 5))
      file.sync()
    })
    using((file) => {
      expect(file.read(0)).toEqual(Uint8Array.of(5, 5, 5, 5))
      expect(file.read(2)).toEqual(Uint8Array.of(9, 8, 7, 6))
      expect(file.read(1, 2)).toEqual(Uint8Array.of(0, 0, 0, 0, 9, 8, 7, 6))
    })
  })

  it('reads zeros where nothing was written', () => {
    using((file) => {
      file.write(0, Uint8Array.of(1, 1, 1, 1))
      expect(file.read(0, 3)).toEqual(Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0))
      expect(file.read(1000)).toEqual(new Uint8Array(4))
    })
  })

  it('refuses a record of another size', () => {
    using((file) => {
      expect(() => file.write(0, new Uint8Array(3))).toThrow(RangeError)
      expect(() => file.write(0, new Uint8Array(5))).toThrow(RangeError)
    })
  })

  it('writes the header that its format describes, and records right behind it', () => {
    using((file) => file.write(0, Uint8Array.of(1, 2, 3, 4)))
    const bytes = readFileSync(path)
    expect(bytes.toString('latin1', 0, 8)).toBe('LATENT1\0')
    expect(bytes.readUInt32LE(8)).toBe(4)
    expect(bytes.readUInt32LE(12)).toBe(4)
    expect(bytes.toString('utf8', 16, 20)).toBe('test')
    expect([...bytes.subarray(64)]).toEqual([1, 2, 3, 4])
  })

  it('refuses a file of another record size or tag', () => {
    using(() => {})
    expect(() => RecordFile.open(path, 8, 'test')).toThrow(ForeignFileError)
    expect(() => RecordFile.open(path, 4, 'other')).toThrow(ForeignFileError)
    using((file) => expect(file.read(0)).toEqual(new Uint8Array(4)))
  })

  it('refuses a file with any wrong byte in its header, and leaves it as it is', () => {
    using(() => {})
    const good = readFileSync(path)
    for (let at = 0; at < 64; at++) {
      const broken = Buffer.from(good)
      broken[at] = (broken[at] ?? 0) ^ 0x40
      writeFileSync(path, broken)
      expect(() => RecordFile.open(path, 4, 'test'), `byte ${at}`).toThrow(ForeignFileError)
      expect(readFileSync(path)).toEqual(broken)
    }
  })

  it('starts a file anew whose header was cut off by a power cut', () => {
    writeFileSync(path, Buffer.from('LATENT1\0'))
    using((file) => expect(file.read(0)).toEqual(new Uint8Array(4)))
    expect(readFileSync(path)).toHaveLength(64)
  })
})
