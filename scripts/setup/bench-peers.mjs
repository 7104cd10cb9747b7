// Installs what the benchmarks compare Latent with: into the cache, never into the checkout, so
// that neither the app nor its tests can come to depend on it.
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withSetupLock } from './lock.mjs'
import { makeAside } from './make-aside.mjs'
import { runNpm } from './npm.mjs'
import { say } from './progress.mjs'

const FILES = ['package.json', 'package-lock.json']

/**
 * @param {{ cacheDir: string, repoDir: string, folder?: string, npmArgs?: readonly string[] }} where
 *   `folder` holds package.json and lock file, within the repository
 * @returns {Promise<string | undefined>} the folder that holds their node_modules; undefined when
 *   they cannot be installed, which is said
 */
export async function installBenchPeers({
  cacheDir,
  repoDir,
  folder = 'bench/peers',
  npmArgs = [],
}) {
  const source = join(repoDir, folder)
  const dir = join(cacheDir, folder.replaceAll('/', '-'), 'installed')
  const isInstalled = async () =>
    (await lockIn(source)) === (await lockIn(dir).catch(() => undefined))
  if (await isInstalled()) return dir
  return withSetupLock(cacheDir, async () => {
    if (await isInstalled()) return dir
    say('installing the packages to compare with (npm ci)')
    let installed = false
    await makeAside(dir, async (workDir) => {
      for (const file of FILES) await copyFile(join(source, file), join(workDir, file))
      const { status } = await runNpm(
        ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...npmArgs],
        { cwd: workDir, env: { ONNXRUNTIME_NODE_INSTALL: 'skip' } },
      )
      if (status !== 0) throw new Error('npm ci failed')
      installed = true
    }).catch(() => say('they could not be installed: the comparison is left out.'))
    return installed ? dir : undefined
  })
}

const lockIn = (folder) => readFile(join(folder, 'package-lock.json'), 'utf8')
