import { expect, it } from 'vitest'
import { runElectron } from './electron.mjs'

// Node stands in for Electron: what is tested is the passing on.
const runtime = { source: 'fallback', version: '0', dir: '', executable: process.execPath }
const run = (script, env = process.env) =>
  runElectron(runtime, ['-e', script], { cwd: process.cwd(), env })

it('ends with the app’s exit status', async () => {
  expect(await run('process.exit(2)')).toBe(2)
})

it('tells the app which runtime it runs on, and never to be plain Node', async () => {
  const script =
    'process.exit(process.env.LATENT_RUNTIME === "fallback" && !process.env.ELECTRON_RUN_AS_NODE ? 0 : 1)'
  expect(await run(script, { ...process.env, ELECTRON_RUN_AS_NODE: '1' })).toBe(0)
})

it.skipIf(process.platform === 'win32')(
  'reports an app that a signal ended as shells do',
  async () => {
    expect(await run('process.kill(process.pid, "SIGKILL")')).toBe(137)
  },
)
