import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { rememberedVerdict } from './verdict.mjs'

const HOUR_MS = 60 * 60 * 1000
let dir
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'latent-verdict-')), 'cache')
})

it('asks once, and again after a day', async () => {
  const ask = vi.fn(async () => false)
  const at = (now) => rememberedVerdict(dir, 'question', ask, () => now)
  expect(await at(0)).toEqual({ verdict: false, remembered: false })
  expect(await at(23 * HOUR_MS)).toEqual({ verdict: false, remembered: true })
  expect(ask).toHaveBeenCalledTimes(1)
  ask.mockResolvedValue(true)
  expect(await at(25 * HOUR_MS)).toEqual({ verdict: true, remembered: false })
})

it('asks again when the clock was set back', async () => {
  const ask = vi.fn(async () => true)
  await rememberedVerdict(dir, 'question', ask, () => 10 * HOUR_MS)
  await rememberedVerdict(dir, 'question', ask, () => HOUR_MS)
  expect(ask).toHaveBeenCalledTimes(2)
})
