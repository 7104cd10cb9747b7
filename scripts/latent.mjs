// `npm run --silent latent -- <command>`: the app without a window. Sets up what is missing, with
// every message on stderr: stdout carries the command's results alone.
import { announceRuntime } from './launch/announce.mjs'
import { runElectron } from './launch/electron.mjs'
import { sandboxSwitches } from './launch/sandbox.mjs'
import { userFolder } from './launch/user-folder.mjs'
import { runAsCommand } from './setup/failure.mjs'
import { setUpApp, setUpRuntime } from './setup/index.mjs'
import { repoDir } from './setup/paths.mjs'

/** No window is ever made: Chromium need not draw, nor say what it misses for drawing. */
const QUIET_SWITCHES = ['--disable-gpu', '--disable-software-rasterizer', '--log-level=3']

await runAsCommand(async () => {
  const runtime = await setUpRuntime()
  await setUpApp()
  const switches = [
    ...(await sandboxSwitches(runtime.dir, { windowless: true })),
    ...QUIET_SWITCHES,
  ]
  await announceRuntime(runtime)
  // `--headless` is the app's own word for it, and also makes Chromium do without a display.
  const args = [...switches, repoDir, '--headless', ...process.argv.slice(2)]
  return runElectron(runtime, args, { cwd: userFolder() })
})
