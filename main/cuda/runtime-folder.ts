// A folder in the person's data from which ONNX Runtime loads its CUDA libraries.
import { lstat, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { cudaLibraries } from './unpack-libraries.ts'

const core = 'libonnxruntime.so.1'

/**
 * ONNX Runtime looks for them beside its own core, in the folder that the core was loaded from. That one
 * may be read-only (a package of the system, an AppImage), and it is not ours to change. The addon
 * finds its core by RUNPATH, which `LD_LIBRARY_PATH` goes before (man 8 ld.so): so a child that is
 * started with this folder in that variable loads the same core through a link that stands here,
 * and with it what lies beside the link.
 *
 * @param folder with the libraries
 * @param ownFolder where onnxruntime-node keeps its core; an AppImage's is another at each start
 * @returns what to add to a child's environment; nothing where the libraries are not there
 */
export async function cudaEnvironment(
  folder: string,
  ownFolder: string,
  inherited: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (!(await hasCudaLibraries(folder))) return {}
  await linkTo(join(ownFolder, core), join(folder, core))
  const more = inherited === undefined || inherited === '' ? '' : `:${inherited}`
  return { LD_LIBRARY_PATH: `${folder}${more}` }
}

export async function hasCudaLibraries(folder: string): Promise<boolean> {
  const there = await Promise.all(
    cudaLibraries.map((name) => stat(join(folder, name)).catch(() => undefined)),
  )
  return there.every((stats) => stats !== undefined && stats.size > 0)
}

/** Replaced in one step: another start of the program may be about to follow it. */
async function linkTo(target: string, path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isSymbolicLink() === true && (await readlink(path)) === target) return
  const incoming = `${path}.${process.pid}`
  await rm(incoming, { force: true })
  await symlink(target, incoming)
  await rename(incoming, path)
}
