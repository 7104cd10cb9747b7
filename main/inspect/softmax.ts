// From scores to probabilities.

/** Shifted by the greatest score, so that no power overflows. */
export function softmax(logits: Float32Array): Float32Array {
  const max = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const powers = logits.map((value) => Math.exp(value - max))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((value) => value / sum)
}
