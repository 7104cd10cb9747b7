import { expect, it } from 'vitest'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { CentredRows } from './centred-rows.ts'
import { floatRows, HalfMatrix, inMemory } from './vector-rows.ts'

const { signal } = new AbortController()

it('takes the mean away and makes rows of unit length, within a half float', async () => {
  const rows = clusteredVectors({ count: 40, dim: 24, clusters: 3, seed: 2 })
  const mean = Float32Array.from({ length: 24 }, (_, x) => x / 100)
  const centred = await CentredRows.over(rows, mean, 1)
  const found = floatRows(await inMemory(centred, signal), 0, 40)
  const values = floatRows(rows, 0, 40)
  for (let i = 0; i < 40; i++) {
    const apart = Array.from({ length: 24 }, (_, x) => (values[i * 24 + x] ?? 0) - (mean[x] ?? 0))
    const length = Math.hypot(...apart)
    apart.forEach((value, x) => {
      expect(Math.abs((found[i * 24 + x] ?? 0) - value / length)).toBeLessThan(5e-4)
    })
  }
  await centred.dispose()
})

it('leaves a row that is the mean at zero', async () => {
  const centred = await CentredRows.over(
    new HalfMatrix(new Uint16Array(8).fill(0x3800), 8),
    new Float32Array(8).fill(0.5),
    1,
  )
  expect([...(await centred.read(0, 1))]).toEqual(Array(8).fill(0))
  await centred.dispose()
})
