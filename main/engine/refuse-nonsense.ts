// Tells what a device computed from what merely lay in its memory.

/**
 * A device that ran out of memory, or was lost, may give what lay there instead of an error.
 *
 * @param probabilities [photos, classCount]; empty for an encoder
 * @param embeddings IEEE half floats
 * @throws Error when a photo's probabilities are nothing together, or features are no numbers
 */
export function refuseNonsense(
  probabilities: Float32Array,
  classCount: number,
  embeddings: Uint16Array,
): void {
  for (let start = 0; start < probabilities.length; start += classCount) {
    const sum = probabilities
      .subarray(start, start + classCount)
      .reduce((total, value) => total + value, 0)
    if (!(sum > 0 && Number.isFinite(sum))) throw new Error('Its results are not probabilities.')
  }
  if (embeddings.some(isNoNumber)) throw new Error('Its features are not numbers.')
}

/** Infinite, or not a number: all bits of a half float's exponent are set. */
const isNoNumber = (half: number): boolean => (half & 0x7c00) === 0x7c00
