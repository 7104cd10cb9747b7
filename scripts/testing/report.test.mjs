import { expect, it } from 'vitest'
import { addCounts, closingLine, countPlaywright, countVitest, readCounts } from './report.mjs'

it('adds up both runners', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }
  const playwright = { stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 1 } }
  const sum = addCounts([countVitest(vitest), countPlaywright(playwright)])
  expect(closingLine(sum)).toBe('9 passed, 3 failed, 4 skipped')
})

it('counts a runner that failed without a report as one failure', async () => {
  expect(await readCounts('/no/such/report.json', countVitest, 1)).toMatchObject({ failed: 1 })
  expect(await readCounts('/no/such/report.json', countVitest, 0)).toMatchObject({ failed: 0 })
})
