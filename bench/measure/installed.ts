// Where the bundled benchmarks find the rest of the project.
import { join } from 'node:path'
import { defaultModelId } from '../../main/models/catalogue.ts'
import { type InstalledModel, installedModel } from '../../main/models/installed.ts'

/** The built benchmarks lie in out/main. */
export const inBuild = (name: string): URL => new URL(`./${name}`, import.meta.url)
export const inProject = (path: string): string => join(import.meta.dirname, '..', '..', path)
/** The photo that comes with the default model. */
export const examplePath = inProject(join('models', 'installed', defaultModelId, 'example.jpg'))

/** @throws Error with a sentence when the default model is not there */
export async function defaultModel(): Promise<InstalledModel> {
  const model = await installedModel(inProject('models/installed'), defaultModelId)
  if (!model.ok) throw new Error(model.error.message)
  return model.value
}
