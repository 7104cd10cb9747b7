// Refuses a Node that is too old for the build tools, before anything fails in a harder way.
import { SetupFailure } from './failure.mjs'

/** vite's floor. */
const OLDEST = [20, 19]

/** @param {string} [version] as in process.versions.node */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  throw new SetupFailure(
    `Node ${OLDEST.join('.')} or newer is needed, and this is Node ${version}; install a newer one from https://nodejs.org, then run the command again.`,
  )
}
