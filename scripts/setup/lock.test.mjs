import { mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, it } from 'vitest'
import { withSetupLock } from './lock.mjs'

let dir
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'latent-lock-'))
})

it('lets one work at a time', async () => {
  const order = []
  const work = (name) => () =>
    withSetupLock(dir, async () => {
      order.push(`${name} begins`)
      await sleep(50)
      order.push(`${name} ends`)
    })
  await Promise.all([work('a')(), sleep(10).then(work('b'))])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

it('is free again after a failure', async () => {
  await expect(withSetupLock(dir, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
  expect(await withSetupLock(dir, async () => 'done')).toBe('done')
})

it('takes over from a process that died', async () => {
  // Above the largest process id that Linux gives out.
  await writeFile(join(dir, 'set-up.lock'), '4194305')
  expect(await withSetupLock(dir, async () => 'done')).toBe('done')
})

it('takes over from one that shows no life, whoever has its process id now', async () => {
  const file = join(dir, 'set-up.lock')
  await writeFile(file, String(process.pid))
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(file, longAgo, longAgo)
  expect(await withSetupLock(dir, async () => 'done')).toBe('done')
})
