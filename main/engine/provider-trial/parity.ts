// Whether another execution provider says the same as the CPU.
import type { ProviderParity } from '../../../preload/contract/providers.ts'
import type { PictureAnswer } from './protocol.ts'

/** Greatest difference of any class probability that still counts as the same. */
const probabilityTolerance = 0.02
/** Below it, classes that change places were as good as equal. */
const tieTolerance = 0.002
const leastCosine = 0.995

/** The worst over all pictures. */
export function parityOf(
  answers: readonly PictureAnswer[],
  reference: readonly PictureAnswer[],
): ProviderParity {
  let [maxProbabilityDifference, sameTop5, embeddingCosine] = [0, true, 1]
  answers.forEach((answer, picture) => {
    const expected = reference[picture]
    if (expected === undefined) return
    maxProbabilityDifference = Math.max(
      maxProbabilityDifference,
      greatestDifference(answer.probabilities, expected.probabilities),
    )
    sameTop5 &&= String(top5(answer.probabilities)) === String(top5(expected.probabilities))
    embeddingCosine = Math.min(embeddingCosine, cosine(answer.embedding, expected.embedding))
  })
  return { maxProbabilityDifference, sameTop5, embeddingCosine }
}

/** Why results are not to be trusted; empty when they are. */
export function whyNotTheSame(parity: ProviderParity): string {
  const { maxProbabilityDifference, sameTop5, embeddingCosine, withIntegers } = parity
  if (!(maxProbabilityDifference <= probabilityTolerance)) {
    return `Its results differ from the CPU's: a probability is off by ${maxProbabilityDifference.toFixed(3)}.`
  }
  if (!(embeddingCosine >= leastCosine)) {
    return `Its results differ from the CPU's: features agree only to ${embeddingCosine.toFixed(4)}.`
  }
  if (withIntegers !== undefined && !withIntegers.sameFirst) {
    return 'In floats it says another first label than in integers.'
  }
  if (withIntegers !== undefined && !(withIntegers.embeddingCosine >= leastCosineOfForms)) {
    return `In floats its features are others than in integers: alike only to ${withIntegers.embeddingCosine.toFixed(3)}.`
  }
  if (!sameTop5 && maxProbabilityDifference > tieTolerance) {
    return "Its results differ from the CPU's: the first five labels are others."
  }
  return ''
}

/** Of the integers of a network and its floats, as far as rounding lets them. */
const leastCosineOfForms = 0.95
/** Two labels nearer than that may change places between integers and floats. */
const tieOfForms = 0.05

/**
 * How far a float form stands for the integers, on photos where there are any: on a drawing, whose
 * features no range of the integers was chosen for, they need not agree (Inception V3: cosine 0.84).
 */
export function likenessOf(
  answers: readonly PictureAnswer[],
  integers: readonly PictureAnswer[],
): NonNullable<ProviderParity['withIntegers']> {
  const pairs = answers.flatMap((float, i) => {
    const integer = integers[i]
    return integer === undefined ? [] : [{ float, integer }]
  })
  const photos = pairs.filter(({ float }) => !float.isDrawn)
  const told = photos.length > 0 ? photos : pairs
  return {
    sameFirst: told.every(({ float, integer }) => agreeOnFirst(float, integer)),
    embeddingCosine: Math.min(
      1,
      ...told.map(({ float, integer }) => cosine(float.embedding, integer.embedding)),
    ),
  }
}

/** The same first label, or one that was as good as it. */
function agreeOnFirst({ probabilities }: PictureAnswer, integer: PictureAnswer): boolean {
  const [first = 0] = top5(probabilities)
  const [theirs = 0] = top5(integer.probabilities)
  return (probabilities[first] ?? 0) - (probabilities[theirs] ?? 0) <= tieOfForms
}

const greatestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)

const top5 = (probabilities: Float32Array): readonly number[] =>
  Array.from(probabilities, (probability, index) => ({ probability, index }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, 5)
    .map(({ index }) => index)

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  // Two vectors of nothing are the same; one of nothing is like no other.
  return aa === 0 && bb === 0 ? 1 : dot / (Math.sqrt(aa * bb) || 1)
}
