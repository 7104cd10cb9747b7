// Fetches the tarball of one pinned package from the registry that npm is set up to use.
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brokenOff, download, IntegrityMismatch } from './download.mjs'
import { SetupFailure } from './failure.mjs'
import { matchesIntegrity } from './integrity.mjs'
import { runNpm } from './npm.mjs'
import { byteProgress, say } from './progress.mjs'

/**
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity sha512 as in package-lock.json
 */

/**
 * @param {PinnedPackage} pinned
 * @param {{ cacheDir: string, repoDir: string }} where `repoDir` is where npm runs, so that its
 *   project settings hold
 * @returns {Promise<string>} the tarball, checked
 */
export async function fetchRegistryPackage(pinned, { cacheDir, repoDir }) {
  const { name, version, integrity } = pinned
  const spec = `${name}@${version}`
  const downloadsDir = join(cacheDir, 'downloads')
  const file = join(downloadsDir, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  if (await isFile(file)) {
    if (await matchesIntegrity(file, integrity)) return file
    await rm(file)
  }
  await mkdir(downloadsDir, { recursive: true })
  try {
    const url = await tarballUrl(spec, repoDir)
    await download({ url, file, integrity, onProgress: byteProgress(`fetching ${spec}`) })
  } catch (error) {
    if (error instanceof SetupFailure) throw error
    if (error instanceof IntegrityMismatch) throw notOurs(spec)
    if (await isFile(`${file}.part`)) throw brokenOff(spec, error)
    // A registry that wants a login, or is reached in a way only npm knows of.
    say(`fetching ${spec} through npm pack (${error.message})`)
    await npmPack(spec, file, { downloadsDir, repoDir })
    if (!(await matchesIntegrity(file, integrity))) {
      await rm(file)
      throw notOurs(spec)
    }
  }
  return file
}

const notOurs = (spec) =>
  new SetupFailure(
    `the registry's copy of ${spec} is not the one Latent was tested with; try again, or use another registry.`,
  )

const isFile = (file) =>
  stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  )

async function tarballUrl(spec, repoDir) {
  const { status, stdout } = await runNpm(['view', spec, 'dist.tarball'], {
    cwd: repoDir,
    capture: true,
  })
  const url = stdout.trim()
  if (status !== 0 || !/^https?:\/\//.test(url)) {
    throw new SetupFailure(
      `the package registry does not offer ${spec}; check that the registry can be reached (npm ping), then run the command again.`,
    )
  }
  return url
}

async function npmPack(spec, file, { downloadsDir, repoDir }) {
  const packDir = await mkdtemp(join(downloadsDir, 'pack-'))
  try {
    const { status } = await runNpm(['pack', spec, '--pack-destination', packDir], { cwd: repoDir })
    const [packed] = await readdir(packDir)
    if (status !== 0 || !packed) {
      throw new SetupFailure(
        `${spec} could not be fetched from the package registry; check the connection, then run the command again.`,
      )
    }
    await rename(join(packDir, packed), file)
  } finally {
    await rm(packDir, { recursive: true, force: true })
  }
}
