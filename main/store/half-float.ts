// IEEE 754 half-precision floats, which JavaScript before ES2025 cannot read by itself.

/** The float32 value of each of the 65,536 half floats. */
export const halfTable: Float32Array = Float32Array.from({ length: 65_536 }, (_, half) => {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
})

export const floatsOf = (halves: Uint16Array): Float32Array =>
  Float32Array.from(halves, (half) => halfTable[half] ?? 0)
