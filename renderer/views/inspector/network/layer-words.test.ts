import { describe, expect, it } from 'vitest'
import { parameterWords, shapeWords, timeWords, valueWords } from './layer-words.ts'

describe('layer words', () => {
  it('tell shapes, with places only where there are some', () => {
    expect(shapeWords({ channels: 64, heightPx: 147, widthPx: 147 })).toBe('64 × 147 × 147')
    expect(shapeWords({ channels: 2048, heightPx: 1, widthPx: 1 })).toBe('2048')
  })

  it('tell parameters shortly', () => {
    expect(parameterWords(0)).toBe('0')
    expect(parameterWords(9408)).toBe('9,408')
    expect(parameterWords(864_000)).toBe('864 K')
    expect(parameterWords(2_049_000)).toBe('2.05 M')
    expect(parameterWords(23_800_000)).toBe('23.8 M')
  })

  it('tell times, and none where none is known', () => {
    expect(timeWords(12.4)).toBe('12 ms')
    expect(timeWords(0.01)).toBe('<0.1 ms')
    expect(timeWords(null)).toBe('')
  })

  it('tell values with three digits', () => {
    expect(valueWords(0)).toBe('0')
    expect(valueWords(-0.01234)).toBe('−0.0123')
    expect(valueWords(4.5678)).toBe('4.57')
    expect(valueWords(1234.5)).toBe('1235')
    expect(valueWords(0.00001234)).toBe('1.2e-5')
    expect(valueWords(Number.NaN)).toBe('–')
  })
})
