// `npm start [-- <folder>]`: sets up what is missing, then opens the window.
import { stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { announceRuntime } from './launch/announce.mjs'
import { displaySwitches, requireDisplay } from './launch/display.mjs'
import { runElectron } from './launch/electron.mjs'
import { sandboxSwitches } from './launch/sandbox.mjs'
import { userFolder } from './launch/user-folder.mjs'
import { runAsCommand, SetupFailure } from './setup/failure.mjs'
import { setUpApp, setUpRuntime } from './setup/index.mjs'
import { repoDir } from './setup/paths.mjs'
import { say } from './setup/progress.mjs'

const CRASHED = 128 + constants.signals.SIGSEGV
const SOON_MS = 5000

await runAsCommand(async () => {
  requireDisplay()
  const args = await Promise.all(process.argv.slice(2).map(absoluteIfPath))
  const runtime = await setUpRuntime()
  await setUpApp()
  const switches = [...(await sandboxSwitches(runtime.dir)), ...displaySwitches()]
  await announceRuntime(runtime)
  const startedAt = performance.now()
  const status = await runElectron(runtime, [...switches, repoDir, ...args], { cwd: repoDir })
  // Chromium crashes rather than ends when it cannot reach the display.
  if (status === CRASHED && performance.now() - startedAt < SOON_MS) {
    say(`the window could not be opened; is the display ${process.env.DISPLAY} there?`)
  }
  return status
})

async function absoluteIfPath(arg) {
  if (arg.startsWith('-')) return arg
  const path = resolve(userFolder(), arg)
  await stat(path).catch(() => {
    throw new SetupFailure(`there is no file or folder ${path}.`)
  })
  return path
}
