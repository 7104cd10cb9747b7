// Brings a checkout to where Electron can run it: packages, runtime, system libraries. Each step
// does nothing when its result is there already.
import { pathToFileURL } from 'node:url'
import { cacheDir } from './cache-dir.mjs'
import { installDependencies } from './dependencies.mjs'
import { ensureElectronRuntime } from './electron-runtime.mjs'
import { runAsCommand } from './failure.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { repoDir } from './paths.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/**
 * @param {{ virtualDisplay?: boolean }} [needs]
 * @returns {Promise<import('./electron-runtime.mjs').ElectronRuntime>}
 */
export async function setUpRuntime(needs = {}) {
  checkNodeVersion()
  await installDependencies(repoDir)
  const runtime = await ensureElectronRuntime({ cacheDir: cacheDir(), repoDir })
  await ensureSystemLibraries(runtime.executable, needs)
  return runtime
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const runtime = await setUpRuntime()
    if (process.argv.includes('--print-electron')) console.log(runtime.executable)
    return 0
  })
}
