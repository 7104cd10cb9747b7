// NumPy's file format for arrays, version 1.0
// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).

/**
 * @param values row-major
 * @param dims product = number of values
 * @returns a .npy file of little-endian float32 in C order
 */
export function npyOf(values: Float32Array, dims: readonly number[]): Uint8Array {
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`
  const before = 10
  const headerLength = Math.ceil((before + text.length + 1) / 64) * 64 - before
  const header = `${text.padEnd(headerLength - 1)}\n`
  const file = Buffer.alloc(before + headerLength + values.byteLength)
  file.write('\x93NUMPY\x01\x00', 'latin1')
  file.writeUInt16LE(headerLength, 8)
  file.write(header, before, 'latin1')
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).copy(file, before + headerLength)
  return file
}
