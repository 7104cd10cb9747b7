// Floats to the bits of half floats.

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The nearest half float, ties to even (IEEE 754-2019, roundTiesToEven). */
export function halfBits(value: number): number {
  float[0] = value
  const x = bits[0] ?? 0
  const sign = (x >>> 16) & 0x8000
  const magnitude = x & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  // From 65520 up the nearest is infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude >= 0x38800000) {
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
    return sign | ((rounded - 0x38000000) >>> 13)
  }
  // Subnormal: a multiple of 2^-24; adding 0.5 makes float32 round there.
  float[0] = Math.abs(value) + 0.5
  return sign | ((bits[0] ?? 0) - 0x3f000000)
}

export const halvesOf = (values: Float32Array): Uint16Array => Uint16Array.from(values, halfBits)
