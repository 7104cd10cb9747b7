// Whether Chromium can sandbox its processes here, and what to do where it cannot.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFailure } from '../setup/failure.mjs'
import { say } from '../setup/progress.mjs'

const SETUID = 0o4000

/**
 * @param {string} runtimeDir
 * @param {{ windowless?: boolean }} [use] without a window there is no page to sandbox
 * @returns {Promise<string[]>} switches for Electron
 * @throws {SetupFailure} when a normal user has no sandbox: what to run then is theirs to decide
 */
export async function sandboxSwitches(runtimeDir, { windowless = false } = {}) {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) {
    say('running as root, so Chromium runs without its sandbox (--no-sandbox)')
    return ['--no-sandbox']
  }
  if (await userNamespacesAllowed()) return []
  const helper = join(runtimeDir, 'chrome-sandbox')
  const { mode = 0, uid } = await stat(helper).catch(() => ({}))
  if (uid === 0 && mode & SETUID) return []
  if (windowless) {
    say('this system allows no sandbox, so Chromium runs without one (--no-sandbox)')
    return ['--no-sandbox']
  }
  throw new SetupFailure(
    `this system does not let programs make their own sandbox, so Electron's helper has to be allowed once:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  )
}

/** Debian's, Ubuntu's and the kernel's own switches for unprivileged user namespaces. */
async function userNamespacesAllowed() {
  const read = (path) =>
    readFile(`/proc/sys/${path}`, 'utf8').then(
      (text) => text.trim(),
      () => '',
    )
  return (
    (await read('kernel/unprivileged_userns_clone')) !== '0' &&
    (await read('kernel/apparmor_restrict_unprivileged_userns')) !== '1' &&
    (await read('user/max_user_namespaces')) !== '0'
  )
}
