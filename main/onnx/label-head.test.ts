import { expect, it } from 'vitest'
import { testPicture } from '../engine/test-picture.ts'
import { guessCard } from '../models/guess-card.ts'
import { prepareOnnx } from '../models/prepare-model.ts'
import { smallEncoder } from '../models/testing/small-networks.ts'
import { labelHeadGraph, withLabelHead } from './label-head.ts'
import { addTaps } from './rewrites/taps.ts'
import { running } from './testing/run-model.ts'
import { seeded } from './testing/seeded.ts'

const [labels, dim, scale] = [5, 16, 12]
const vectors = Float32Array.from(
  Array.from({ length: labels }, (_, row) => {
    const vector = seeded(row + 1).normals(dim)
    const length = Math.hypot(...vector)
    return [...vector].map((value) => value / length)
  }).flat(),
)
const head = { vectors, dim, scale }

function expected(embedding: ArrayLike<number>): { logits: number[]; probabilities: number[] } {
  const logits = Array.from({ length: labels }, (_, label) => {
    let sum = 0
    for (let x = 0; x < dim; x++) sum += (embedding[x] ?? 0) * (vectors[label * dim + x] ?? 0)
    return scale * sum
  })
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
  return { logits, probabilities: logits.map((logit) => Math.exp(logit) / total) }
}

it('gives the softmax of scaled cosines', async () => {
  const embedding = vectors.slice(2 * dim, 3 * dim)
  const session = await running(labelHeadGraph(head))
  const outputs = await session.run({ embedding: { data: embedding, dims: [1, dim] } })
  await session.dispose()
  const { logits, probabilities } = expected(embedding)
  logits.forEach((value, i) => {
    expect(outputs.get('logits')?.data[i]).toBeCloseTo(value, 4)
    expect(outputs.get('probabilities')?.data[i]).toBeCloseTo(probabilities[i] ?? 0, 5)
  })
})

it('gives the same behind an encoder, whose vector stays as it was', async () => {
  const source = smallEncoder()
  const { reading } = guessCard(source, { fileName: 'net.onnx', told: {}, labels: undefined })
  const { quantised } = prepareOnnx(source, reading)
  const pixels = { data: testPicture(32), dims: [1, 32, 32, 3] }
  const plain = await running(addTaps(quantised, ['embedding_float']))
  const before = await plain.run({ pixels })
  await plain.dispose()
  const session = await running(withLabelHead(quantised, head))
  const outputs = await session.run({ pixels })
  await session.dispose()
  expect(outputs.get('embedding')?.data).toEqual(before.get('embedding')?.data)
  const { probabilities } = expected(before.get('embedding_float')?.data ?? [])
  probabilities.forEach((value, i) => {
    expect(outputs.get('probabilities')?.data[i]).toBeCloseTo(value, 5)
  })
})
