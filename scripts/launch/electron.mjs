// Runs the app in Electron to its end.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Signals to us go on to the app, and its exit status becomes ours.
 *
 * @param {import('../setup/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {readonly string[]} args
 * @param {{ cwd: string }} options
 * @returns {Promise<number>}
 */
export function runElectron(runtime, args, { cwd }) {
  const env = { ...process.env, LATENT_RUNTIME: runtime.source }
  // Set by tools that use Electron as Node; with it the app would not start at all.
  delete env.ELECTRON_RUN_AS_NODE
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.executable, args, { cwd, env, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal))
    }
    child.on('error', reject)
    child.on('close', (status, signal) => {
      resolve(status ?? 128 + (constants.signals[signal ?? 'SIGKILL'] ?? 0))
    })
  })
}
