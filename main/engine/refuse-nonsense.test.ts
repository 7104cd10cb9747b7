import { describe, expect, it } from 'vitest'
import { refuseNonsense } from './refuse-nonsense.ts'

const halves = Uint16Array.of(0x3c00, 0xbc00, 0, 0x7bff)

describe('refuseNonsense', () => {
  it('takes probabilities of several photos, and an encoder, which has none', () => {
    expect(() => refuseNonsense(Float32Array.of(0.9, 0.1, 0.2, 0.8), 2, halves)).not.toThrow()
    expect(() => refuseNonsense(new Float32Array(), 0, halves)).not.toThrow()
  })

  it('refuses a photo without any probability, or with none that is a number', () => {
    for (const second of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const probabilities = Float32Array.of(0.9, 0.1, 0, second)
      expect(() => refuseNonsense(probabilities, 2, halves)).toThrow('not probabilities')
    }
  })

  it('refuses features that are infinite or no numbers', () => {
    for (const half of [0x7c00, 0xfc00, 0x7e00]) {
      const features = Uint16Array.of(0x3c00, half)
      expect(() => refuseNonsense(Float32Array.of(1), 1, features)).toThrow('not numbers')
    }
  })
})
