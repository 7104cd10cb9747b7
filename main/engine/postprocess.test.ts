import { describe, expect, it } from 'vitest'
import { predictionAt, topClasses } from './postprocess.ts'

describe('topClasses', () => {
  it('gives the most probable classes, best first', () => {
    const top = topClasses(Float32Array.of(0.125, 0.5, 0.0625, 0.25), 3)
    expect(top.classIndices).toEqual(Uint16Array.of(1, 3, 0))
    expect(top.probabilities).toEqual(Float32Array.of(0.5, 0.25, 0.125))
  })

  it('orders equal ones by index', () => {
    const top = topClasses(Float32Array.of(0.25, 0.125, 0.25, 0.25), 3)
    expect(top.classIndices).toEqual(Uint16Array.of(0, 2, 3))
  })

  it('gives all there are when asked for more', () => {
    const top = topClasses(Float32Array.of(0.25, 0.75), 5)
    expect(top.classIndices).toEqual(Uint16Array.of(1, 0))
    expect(top.probabilities).toEqual(Float32Array.of(0.75, 0.25))
  })

  it('gives nothing of nothing', () => {
    expect(topClasses(new Float32Array(), 5).classIndices).toHaveLength(0)
    expect(topClasses(Float32Array.of(1), 0).classIndices).toHaveLength(0)
  })

  it('agrees with a full stable sort of a thousand classes', () => {
    const scores = Float32Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 211) / 211)
    const reference = [...scores]
      .map((probability, index) => ({ probability, index }))
      .sort((a, b) => b.probability - a.probability)
      .map(({ index }) => index)
    expect([...topClasses(scores, 1000).classIndices]).toEqual(reference)
  })
})

describe('predictionAt', () => {
  const model = { embeddingDim: 2, unitCount: 3 }
  const batch = {
    size: 2,
    probabilities: Float32Array.of(0.75, 0.25, 0, 0.125, 0.25, 0.625),
    embeddings: Uint16Array.of(1, 2, 3, 4),
    unitMaxima: Uint16Array.of(5, 6, 7, 8, 9, 10),
    ms: 1,
  }

  it('takes its own slice of the batch', () => {
    expect(predictionAt(batch, 1, model, { topCount: 2 })).toEqual({
      classIndices: Uint16Array.of(2, 1),
      probabilities: Float32Array.of(0.625, 0.25),
      embedding: Uint16Array.of(3, 4),
    })
  })

  it('adds the maxima of its units when they are asked for', () => {
    const { unitMaxima } = predictionAt(batch, 1, model, { topCount: 1, unitMaxima: true })
    expect(unitMaxima).toEqual(Uint16Array.of(8, 9, 10))
  })

  it('is a copy: the memory of the batch is used again', () => {
    const { embedding } = predictionAt(batch, 0, model, { topCount: 1 })
    expect(embedding.buffer).not.toBe(batch.embeddings.buffer)
    expect(embedding.byteLength).toBe(embedding.buffer.byteLength)
  })
})
