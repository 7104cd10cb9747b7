import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { test } from './launch.ts'

test('the window cannot reach any network, not even this machine', async ({ start }) => {
  let visits = 0
  const server = createServer((_request, response) => {
    visits++
    response.end('reached')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const { page, electron } = await start()
  const url = `http://127.0.0.1:${port}/`
  const outcome = await page.evaluate(
    (target) =>
      fetch(target, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      ),
    url,
  )
  expect(outcome).toBe('refused')
  // Main's own network stack is held by the same rules as the window.
  const fromMain = await electron.evaluate(
    ({ net }, target) =>
      net.fetch(target).then(
        () => 'reached',
        () => 'refused',
      ),
    url,
  )
  expect(fromMain).toBe('refused')
  expect(visits).toBe(0)
  await new Promise((closed) => server.close(closed))
})

test('the window has no Node, no foreign requests and no new windows', async ({ start }) => {
  const { page } = await start()
  const found = await page.evaluate(() => ({
    node: 'require' in window || 'process' in window,
    opened: window.open('https://example.com') !== null,
  }))
  expect(found).toEqual({ node: false, opened: false })
  const path = await page.evaluate(() =>
    // The contract keeps path requests for preload: the types forbid what is tried here.
    window.api.invoke('inspect:path' as never, { path: '/etc/hostname' } as never),
  )
  expect(path).toMatchObject({ ok: false, error: { code: 'bad-request' } })
})
