// Electron's own release, the version that package.json pins: fetched from GitHub (or a mirror) and
// checked against the digests that the `electron` package ships.
//
// The package's own downloader is not used: it needs Node 22.12, cannot go on with a cut download,
// and unpacks into node_modules, once for every checkout.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { brokenOff, download, IntegrityMismatch } from './download.mjs'
import { SetupFailure } from './failure.mjs'
import { httpGet } from './http-get.mjs'
import { byteProgress, say } from './progress.mjs'
import { unzip } from './zip.mjs'

const PROBE_TIMEOUT_MS = 4000

/** @param {string} repoDir */
export async function officialVersion(repoDir) {
  const manifest = join(repoDir, 'node_modules', 'electron', 'package.json')
  return JSON.parse(await readFile(manifest, 'utf8')).version
}

/** The name of the release's archive for a platform. */
const archiveName = (version, platform) => `electron-v${version}-${platform}.zip`

/** `ELECTRON_MIRROR` means what it means to Electron's own downloader: a prefix for `v<version>`. */
function archiveUrl(version, platform, env) {
  const mirror =
    env.ELECTRON_MIRROR ||
    env.npm_config_electron_mirror ||
    'https://github.com/electron/electron/releases/download/'
  return new URL(`v${version}/${archiveName(version, platform)}`, mirror.replace(/\/*$/, '/')).href
}

/** The executable's path inside the runtime folder, as in the `electron` package. */
export function executableIn(runtimeDir, platform = process.platform) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  return join(runtimeDir, names[platform] ?? 'electron')
}

/**
 * Whether the archive can be had, found out in seconds.
 *
 * @returns {Promise<boolean>}
 */
export async function officialIsReachable(repoDir, env = process.env) {
  const platform = `${process.platform}-${process.arch}`
  const url = archiveUrl(await officialVersion(repoDir), platform, env)
  try {
    const response = await withDeadline(
      httpGet(url, { method: 'HEAD', timeoutMs: PROBE_TIMEOUT_MS, env }),
      PROBE_TIMEOUT_MS,
    )
    response.destroy()
    return (response.statusCode ?? 500) < 400
  } catch {
    return false
  }
}

/** Name look-ups and redirects each take their time; this bounds them together. */
function withDeadline(promise, timeoutMs) {
  let timer
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
  })
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer))
}

/**
 * Builds the runtime in `destDir`.
 *
 * @param {string} destDir an empty folder
 * @param {{ cacheDir: string, repoDir: string }} where
 */
export async function makeOfficialRuntime(destDir, { cacheDir, repoDir }, env = process.env) {
  const version = await officialVersion(repoDir)
  const platform = `${process.platform}-${process.arch}`
  const name = archiveName(version, platform)
  const checksums = JSON.parse(
    await readFile(join(repoDir, 'node_modules', 'electron', 'checksums.json'), 'utf8'),
  )
  if (!checksums[name]) {
    throw new SetupFailure(`Electron ${version} has no build for ${platform}.`)
  }
  const file = join(cacheDir, 'downloads', name)
  try {
    await download({
      url: archiveUrl(version, platform, env),
      file,
      integrity: `sha256-${checksums[name]}`,
      onProgress: byteProgress(`fetching Electron ${version}`),
    })
  } catch (error) {
    if (!(error instanceof IntegrityMismatch)) throw brokenOff(`Electron ${version}`, error)
    throw new SetupFailure(
      `the file offered as Electron ${version} is not the one that was released; check ELECTRON_MIRROR, then run the command again.`,
    )
  }
  say(`unpacking Electron ${version}`)
  await unzip(file, destDir)
  await rm(file)
}
