// A screen in memory, for tests on a machine that has none.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { SetupFailure } from '../setup/failure.mjs'

const START_TIMEOUT_MS = 15_000

/** Electron is tested on X: a Wayland session without X does not do. */
export const needsVirtualDisplay = (env = process.env, platform = process.platform) =>
  platform === 'linux' && !env.DISPLAY

/**
 * Runs `work` with a display: the one there is, or an Xvfb of our own for as long as it takes.
 *
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} work gets the variables to add
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (!needsVirtualDisplay()) return work({})
  // Xvfb picks a free display by itself and writes its number to the descriptor given.
  const xvfb = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const stop = () => xvfb.kill()
  const exit = (signal) => process.exit(128 + constants.signals[signal])
  process.on('exit', stop).once('SIGINT', exit).once('SIGTERM', exit)
  try {
    return await work({ DISPLAY: `:${await displayNumber(xvfb)}` })
  } finally {
    process.off('exit', stop).off('SIGINT', exit).off('SIGTERM', exit)
    if (xvfb.exitCode === null && xvfb.kill()) await once(xvfb, 'close')
  }
}

function displayNumber(xvfb) {
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer)
      reject(new SetupFailure('Xvfb could not be started, and the tests need a screen.'))
    }
    const timer = setTimeout(fail, START_TIMEOUT_MS)
    xvfb.on('error', fail)
    xvfb.on('close', fail)
    xvfb.stdio[3].setEncoding('utf8').once('data', (text) => {
      clearTimeout(timer)
      resolve(text.trim())
    })
  })
}
