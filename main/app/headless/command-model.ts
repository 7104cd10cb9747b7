// The model that a command works with.
import { defaultModelId } from '../../models/catalogue.ts'
import { findModel, type InstalledModel, sentenceOf } from '../../models/installed.ts'
import type { Places } from '../places.ts'
import { UsageError } from './output.ts'

/**
 * @param id the default model when absent
 * @throws UsageError when no such model is installed
 * @throws Error with a sentence when its card is broken, or the default model is missing
 */
export async function commandModel(at: Places, id = defaultModelId): Promise<InstalledModel> {
  const model = await findModel(at, id)
  if (model.ok) return model.value
  if (model.error.code === 'model-missing' && id !== defaultModelId) {
    throw new UsageError(`Expected an installed model (see latent models list), not ${id}.`)
  }
  throw new Error(sentenceOf(model.error))
}
