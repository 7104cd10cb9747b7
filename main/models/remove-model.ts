// Takes a person's model off this machine.
import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../preload/contract/errors.ts'
import { modelId } from '../../preload/contract/model-card.ts'
import type { ModelFolders } from './installed.ts'

/** Models that come with the program stay. One with a broken card can be removed as well. */
export async function removeModel(
  { modelsFolder, userModelsFolder }: ModelFolders,
  id: string,
): Promise<Result<void>> {
  const isFolder = async (path: string): Promise<boolean> =>
    (await stat(path).catch(() => undefined))?.isDirectory() === true
  const isId = modelId.safeParse(id).success
  if (isId && (await isFolder(join(modelsFolder, id)))) {
    return fail('refused', `${id} comes with Latent and stays.`)
  }
  const home = join(userModelsFolder, id)
  if (!isId || !(await isFolder(home))) {
    return fail('not-found', `No model is called ${id}.`, 'See latent models list.')
  }
  // Out of sight in one step, so that a cut leaves no half of a model.
  const leaving = join(userModelsFolder, `.incoming-${randomUUID()}`)
  await rename(home, leaving)
  await rm(leaving, { recursive: true, force: true })
  return ok(undefined)
}
