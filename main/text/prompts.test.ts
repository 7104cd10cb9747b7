import { expect, it } from 'vitest'
import { seeded } from '../onnx/testing/seeded.ts'
import { ensembled, prompted } from './prompts.ts'

it('puts the label where the sentence has a place for it, or behind it', () => {
  expect(prompted('a photo of a {}, a {}.', 'dog')).toBe('a photo of a dog, a dog.')
  expect(prompted('a photo of a', 'dog')).toBe('a photo of a dog')
})

it('averages the sentences of each label to a vector of unit length', () => {
  const [labels, templates, dim] = [3, 4, 6]
  const rows = seeded(8).normals(labels * templates * dim)
  const means = ensembled(rows, templates, dim)
  for (let label = 0; label < labels; label++) {
    const own = Array.from({ length: templates }, (_, t) => {
      const at = (label * templates + t) * dim
      return [...rows.subarray(at, at + dim)]
    })
    const sum = own.reduce((a, b) => a.map((value, x) => value + (b[x] ?? 0)))
    const length = Math.hypot(...sum)
    sum.forEach((value, x) => {
      expect(means[label * dim + x]).toBeCloseTo(value / length, 5)
    })
  }
})
