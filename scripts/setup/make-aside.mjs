// Makes a folder aside and moves it into place whole, so that a stop half-way leaves nothing behind
// that looks finished.
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const PREFIX = 'making-'

/**
 * Call it under the set-up lock: what another run left half-made beside `dir` is cleared away.
 *
 * @param {string} dir replaced if it exists
 * @param {(workDir: string) => Promise<void>} make
 */
export async function makeAside(dir, make) {
  const parent = dirname(dir)
  await mkdir(parent, { recursive: true })
  for (const name of await readdir(parent)) {
    if (name.startsWith(PREFIX)) await rm(join(parent, name), { recursive: true, force: true })
  }
  const workDir = await mkdtemp(join(parent, PREFIX))
  try {
    await make(workDir)
    await rm(dir, { recursive: true, force: true })
    await rename(workDir, dir)
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
}
