import { expect, it } from 'vitest'
import { fastestOf } from './tuning.ts'

const settings = [
  { threads: 2, batchSize: 8 },
  { threads: 2, batchSize: 2 },
  { threads: 1, batchSize: 2 },
]

it('keeps the setting whose best round is the fastest, whatever disturbed the others', async () => {
  // The second setting is the fastest; something else took the cores in its first round.
  const times: Record<string, number[]> = { '2x8': [100, 101], '2x2': [130, 90], '1x2': [110, 120] }
  const chosen = await fastestOf(settings, 2, async ({ threads, batchSize }) => {
    return times[`${threads}x${batchSize}`]?.shift() ?? Number.NaN
  })
  expect(chosen).toEqual({ threads: 2, batchSize: 2 })
})

it('does not measure again what was far slower', async () => {
  const measured: string[] = []
  await fastestOf(settings, 3, async ({ threads, batchSize }) => {
    measured.push(`${threads}x${batchSize}`)
    return threads === 1 ? 300 : 100
  })
  expect(measured.filter((setting) => setting === '1x2')).toHaveLength(1)
  expect(measured.filter((setting) => setting === '2x8')).toHaveLength(3)
})

it('takes the smaller batch of two settings that are as good as equal', async () => {
  const chosen = await fastestOf(settings, 1, async ({ threads, batchSize }) => {
    if (threads === 1) return 130
    return batchSize === 8 ? 100 : 103
  })
  expect(chosen).toEqual({ threads: 2, batchSize: 2 })
})
