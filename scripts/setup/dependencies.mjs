// Installs the packages of package-lock.json, when they are not the ones installed already.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { withSetupLock } from './lock.mjs'
import { runNpm } from './npm.mjs'
import { say } from './progress.mjs'

/**
 * `npm ci` with no install script run (.npmrc says so too): onnxruntime-node's would contact a host
 * other than the registry, and fail without it.
 *
 * @param {{ cacheDir: string, repoDir: string }} where
 */
export async function installDependencies({ cacheDir, repoDir }) {
  if (await areInstalled(repoDir)) return
  await withSetupLock(cacheDir, async () => {
    if (!(await areInstalled(repoDir))) await install(repoDir)
  })
}

async function areInstalled(repoDir) {
  const wanted = await packagesIn(join(repoDir, 'package-lock.json'))
  // npm keeps this file beside what it installed, and writes it last.
  const installed = await packagesIn(join(repoDir, 'node_modules', '.package-lock.json'))
  return sameInstall(wanted, installed)
}

async function install(repoDir) {
  say('installing packages (npm ci)')
  const { status } = await runNpm(
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: repoDir, env: { ONNXRUNTIME_NODE_INSTALL: 'skip' } },
  )
  if (status !== 0) {
    throw new SetupFailure(
      'npm could not install the packages; check that the package registry can be reached, then run the command again.',
    )
  }
}

const packagesIn = (file) =>
  readFile(file, 'utf8').then(
    (text) => JSON.parse(text).packages ?? {},
    () => ({}),
  )

/**
 * Optional packages may be absent: most are for other platforms.
 *
 * @param {Record<string, any>} wanted the `packages` of package-lock.json
 * @param {Record<string, any>} installed the `packages` of node_modules/.package-lock.json
 */
export function sameInstall(wanted, installed) {
  const allPresent = Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = installed[path]
    if (!found) return Boolean(entry.optional || entry.devOptional)
    return found.version === entry.version && found.integrity === entry.integrity
  })
  return allPresent && Object.keys(installed).every((path) => path in wanted)
}
