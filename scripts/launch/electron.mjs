// Runs the app in Electron to its end.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const PARENT_POLL_MS = 500

/**
 * Signals to us go on to the app, and its exit status becomes ours. `LATENT_RUNTIME` tells the app
 * where its runtime came from.
 *
 * @param {import('../setup/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runElectron(runtime, args, { cwd, env = process.env }) {
  const childEnv = { ...env, LATENT_RUNTIME: runtime.source }
  // Set by tools that use Electron as Node; with it the app would not start at all.
  delete childEnv.ELECTRON_RUN_AS_NODE
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.executable, args, { cwd, env: childEnv, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal))
    }
    if (env.npm_lifecycle_event) onParentGone(() => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (status, signal) => {
      resolve(status ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0))
    })
  })
}

/** npm runs us through a shell, and a signal to npm ends that shell without reaching us. */
function onParentGone(react) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    react()
  }, PARENT_POLL_MS)
  timer.unref()
}
