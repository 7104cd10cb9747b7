// Builds the app when its sources are not the ones that were built last.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { withSetupLock } from './lock.mjs'
import { packageBin } from './package-bin.mjs'
import { say } from './progress.mjs'
import { runNode } from './run-tool.mjs'

const SOURCES = [
  'main',
  'preload',
  'renderer',
  'bench',
  'e2e',
  'models',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]

/** @param {{ cacheDir: string, repoDir: string }} where */
export async function buildIfChanged({ cacheDir, repoDir }) {
  const stampFile = join(repoDir, 'out', '.latent-sources')
  const isBuilt = async () =>
    (await readFile(stampFile, 'utf8').catch(() => '')) === (await sourcesStamp(repoDir))
  if (await isBuilt()) return

  await withSetupLock(cacheDir, async () => {
    if (await isBuilt()) return
    say('building')
    const stamp = await sourcesStamp(repoDir)
    await rm(stampFile, { force: true })
    const builder = await packageBin(repoDir, 'electron-vite')
    const status = await runNode([builder, 'build', '--logLevel', 'warn'], { cwd: repoDir })
    if (status !== 0) {
      throw new SetupFailure('the build failed; what is wrong stands above.')
    }
    await mkdir(join(repoDir, 'out'), { recursive: true })
    await writeFile(stampFile, stamp)
  })
}

/**
 * Names, sizes and times of every source: cheap to take, and it also notices a file that went away.
 *
 * @param {string} repoDir
 */
export async function sourcesStamp(repoDir, sources = SOURCES) {
  const hash = createHash('sha256')
  for (const source of sources) await addTo(hash, repoDir, source)
  return hash.digest('hex')
}

async function addTo(hash, repoDir, path) {
  if (path === 'models/installed' || /\.test\.[a-z]+$/.test(path)) return
  const entry = await stat(join(repoDir, path)).catch(() => undefined)
  if (entry?.isDirectory()) {
    const names = await readdir(join(repoDir, path))
    for (const name of names.sort()) await addTo(hash, repoDir, `${path}/${name}`)
  } else if (entry) {
    hash.update(`${path}\0${entry.size}\0${entry.mtimeMs}\n`)
  }
}
