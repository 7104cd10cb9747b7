// Where downloads and runtimes are kept, shared by every checkout on this machine.
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string} an absolute folder path; it need not exist yet
 */
export function cacheDir(env = process.env, platform = process.platform) {
  if (env.LATENT_CACHE_DIR) return env.LATENT_CACHE_DIR
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'latent')
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'latent')
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'latent')
}
