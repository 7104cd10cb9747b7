// Brings a checkout to where the app can run. Each step does nothing when its result is there.
import { pathToFileURL } from 'node:url'
import { buildIfChanged } from './build.mjs'
import { cacheDir } from './cache-dir.mjs'
import { ensureModelSource, installDefaultModel } from './default-model.mjs'
import { installDependencies } from './dependencies.mjs'
import { ensureElectronRuntime } from './electron-runtime.mjs'
import { runAsCommand } from './failure.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { repoDir } from './paths.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/** @typedef {import('./electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

const where = { cacheDir: cacheDir(), repoDir }

/** Packages alone. */
export async function setUpPackages() {
  checkNodeVersion()
  await installDependencies(where)
}

/**
 * Packages, the Electron runtime, and what the runtime needs of the system.
 *
 * @param {{ virtualDisplay?: boolean }} [needs]
 * @returns {Promise<ElectronRuntime>}
 */
export async function setUpRuntime(needs = {}) {
  await setUpPackages()
  const runtime = await ensureElectronRuntime(where)
  await ensureSystemLibraries(runtime.executable, needs)
  return runtime
}

/** The app built, and its default model installed. Needs the packages. */
export async function setUpApp() {
  const sourceDir = await ensureModelSource(where)
  await buildIfChanged(where)
  await installDefaultModel(where, sourceDir)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runAsCommand(async () => {
    const runtime = await setUpRuntime()
    if (process.argv.includes('--print-electron')) console.log(runtime.executable)
    return 0
  })
}
