import { expect, it } from 'vitest'
import { SetupFailure } from '../setup/failure.mjs'
import { runStages } from './run-stages.mjs'

const passing = (name, passed) => ({
  name,
  run: async () => ({ ok: true, counts: { passed, failed: 0, skipped: 0 } }),
})

async function run(stages) {
  const lines = []
  const status = await runStages(stages, {}, (line) => lines.push(line))
  return { status, lines, text: lines.join('\n') }
}

it('runs all, and ends with the sum alone on a line', async () => {
  const { status, lines } = await run([passing('one', 2), passing('two', 3)])
  expect(status).toBe(0)
  expect(lines.at(-1)).toBe('5 passed, 0 failed, 0 skipped')
})

it('stops at the first that fails', async () => {
  const failing = { name: 'bad', run: async () => ({ ok: false }) }
  const { status, text } = await run([passing('one', 2), failing, passing('two', 3)])
  expect(status).toBe(1)
  expect(text).toContain('Stopped at bad')
  expect(text).toMatch(/two +not run/)
})

it('takes a failure in set-up as a failed stage', async () => {
  const failing = { name: 'bad', run: () => Promise.reject(new SetupFailure('no compiler')) }
  expect((await run([failing])).status).toBe(1)
})
