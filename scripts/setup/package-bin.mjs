// Finds the script behind a package's command, so that Node can run it on every system without the
// shims in node_modules/.bin.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * @param {string} repoDir
 * @param {string} packageName
 * @param {string} [command] where the package has several
 */
export async function packageBin(repoDir, packageName, command) {
  const dir = join(repoDir, 'node_modules', ...packageName.split('/'))
  const { bin } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'))
  const path = typeof bin === 'string' ? bin : bin[command ?? packageName]
  return join(dir, path)
}
