import { expect, it } from 'vitest'
import { quantisationFacts, quantisationVerdict } from './quantise-words.ts'

const done = {
  state: 'done' as const,
  modelId: 'm',
  isFaster: true,
  calibrated: 50,
  checked: 150,
  sameTop1: 0.95,
  top1InTop5: 1,
  meanEmbeddingCosine: 0.9813,
  photosPerSecond: { float: 6.37, int8: 19.96 },
  bytes: { float: 14_300_000, int8: 4_000_000 },
}

it('says how much faster it is and how far the two agree', () => {
  expect(quantisationVerdict(done)).toContain('3.1 times as fast here')
  expect(quantisationVerdict(done)).toContain('95%')
  const facts = Object.fromEntries(quantisationFacts(done))
  expect(facts['Photos/s']).toBe('20 instead of 6.4')
  expect(facts['Features alike']).toBe('0.9813')
})

it('says so when it is not faster', () => {
  const slow = { ...done, isFaster: false, photosPerSecond: { float: 10, int8: 9 } }
  expect(quantisationVerdict(slow)).toContain('not faster here (0.9 times as fast)')
})
