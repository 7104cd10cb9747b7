import { describe, expect, it } from 'vitest'
import { likenessOf, parityOf, whyNotTheSame } from './parity.ts'
import type { PictureAnswer } from './protocol.ts'

const answer = (probabilities: number[], embedding: number[]): PictureAnswer => ({
  isDrawn: false,
  probabilities: Float32Array.from(probabilities),
  embedding: Float32Array.from(embedding),
})
const reference = [answer([0.5, 0.2, 0.12, 0.1, 0.05, 0.03], [0.6, 0.8])]

describe('parityOf', () => {
  it('finds a copy the same', () => {
    const parity = parityOf(reference, reference)
    expect(parity.maxProbabilityDifference).toBe(0)
    expect(parity.sameTop5).toBe(true)
    expect(parity.embeddingCosine).toBeCloseTo(1, 6)
    expect(whyNotTheSame(parity)).toBe('')
  })

  it('tells the worst of several pictures', () => {
    const two = [...reference, answer([1, 0, 0, 0, 0, 0], [1, 0])]
    const off = [...reference, answer([0.9, 0.1, 0, 0, 0, 0], [0, 1])]
    const parity = parityOf(off, two)
    expect(parity.maxProbabilityDifference).toBeCloseTo(0.1, 6)
    expect(parity.embeddingCosine).toBeCloseTo(0, 6)
    expect(whyNotTheSame(parity)).toContain('off by 0.100')
  })

  it('refuses features that point elsewhere though the labels agree', () => {
    const parity = parityOf([answer([0.5, 0.2, 0.12, 0.1, 0.05, 0.03], [0.8, 0.6])], reference)
    expect(parity.embeddingCosine).toBeCloseTo(0.96, 6)
    expect(whyNotTheSame(parity)).toContain('features agree only to 0.9600')
  })

  it('refuses other first labels, but not two that were as good as equal', () => {
    const changed = answer([0.5, 0.2, 0.12, 0.1, 0.035, 0.045], [0.6, 0.8])
    expect(whyNotTheSame(parityOf([changed], reference))).toContain('first five labels')
    const tie = [answer([0.5, 0.2, 0.12, 0.1, 0.0401, 0.04], [0.6, 0.8])]
    const turned = [answer([0.5, 0.2, 0.12, 0.1, 0.04, 0.0401], [0.6, 0.8])]
    const parity = parityOf(turned, tie)
    expect(parity.sameTop5).toBe(false)
    expect(whyNotTheSame(parity)).toBe('')
  })

  it('compares an encoder, which has no labels, by its features', () => {
    const parity = parityOf([answer([], [0, 1])], [answer([], [1, 0])])
    expect(parity.sameTop5).toBe(true)
    expect(whyNotTheSame(parity)).toContain('features')
  })

  it('takes no number for the same', () => {
    const parity = { maxProbabilityDifference: Number.NaN, sameTop5: true, embeddingCosine: 1 }
    expect(whyNotTheSame(parity)).not.toBe('')
  })
})

describe('likenessOf', () => {
  const drawn = (probabilities: number[], embedding: number[]): PictureAnswer => ({
    ...answer(probabilities, embedding),
    isDrawn: true,
  })

  it('judges by photos, and by a drawing only where there is nothing else', () => {
    const floats = [drawn([0.9, 0.1], [1, 0]), answer([0.1, 0.9], [0.6, 0.8])]
    const integers = [drawn([0.1, 0.9], [0, 1]), answer([0.2, 0.8], [0.8, 0.6])]
    const likeness = likenessOf(floats, integers)
    expect(likeness.sameFirst).toBe(true)
    expect(likeness.embeddingCosine).toBeCloseTo(0.96, 6)
    expect(likenessOf(floats.slice(0, 1), integers)).toEqual({
      sameFirst: false,
      embeddingCosine: 0,
    })
  })

  it('lets two labels that are near each other change places', () => {
    const integers = [answer([0.44, 0.46, 0.1], [1, 0])]
    expect(likenessOf([answer([0.47, 0.43, 0.1], [1, 0])], integers).sameFirst).toBe(true)
    expect(likenessOf([answer([0.5, 0.4, 0.1], [1, 0])], integers).sameFirst).toBe(false)
  })
})
