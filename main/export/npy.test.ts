import { describe, expect, it } from 'vitest'
import { npyOf } from './npy.ts'

describe('npyOf', () => {
  it('writes what NumPy would read', () => {
    const file = Buffer.from(npyOf(Float32Array.of(1, 2.5, -3, 0, 0, 7), [2, 3]))
    expect(file.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00')
    const length = file.readUInt16LE(8)
    expect((10 + length) % 64).toBe(0)
    const header = file.subarray(10, 10 + length).toString('latin1')
    expect(header.trim()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
    expect(header.endsWith('\n')).toBe(true)
    const values = Array.from({ length: 6 }, (_, i) => file.readFloatLE(10 + length + i * 4))
    expect(values).toEqual([1, 2.5, -3, 0, 0, 7])
    expect(file.length).toBe(10 + length + 24)
  })

  it('writes the shape of a vector with its comma', () => {
    const file = Buffer.from(npyOf(new Float32Array(4), [4]))
    expect(file.toString('latin1')).toContain("'shape': (4,), }")
  })
})
