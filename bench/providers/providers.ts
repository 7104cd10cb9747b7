// `bench -- providers [<models>] [--classics]`: what each execution provider makes of each network.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nvidiaDiagnosis } from '../../main/engine/provider-trial/nvidia-diagnosis.ts'
import { thisSystem } from '../../main/engine/provider-trial/this-system.ts'
import { type InstalledModel, modelsIn } from '../../main/models/installed.ts'
import { benchChoice } from '../measure/engine.ts'
import { defaultModel } from '../measure/installed.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { classicIds, importSeeded } from './seeded-classics.ts'

const sizes = [1, 2, 4, 8, 16, 32, 64]

/**
 * Of the default model, of AlexNet (of all the classics when they are wanted) and of the networks in a
 * folder of installed models.
 */
export async function benchProviders(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { classics: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [folder] = positionals
  const choose = benchChoice(sizes)
  const results: object[] = []
  const tryOut = async ({ card, spec }: InstalledModel, seeded = false): Promise<void> => {
    say(card.name)
    const choice = await choose(spec, { benched: [], only: [], thorough: true })
    results.push({ model: card.name, seeded, ...choice })
  }
  const installed = folder === undefined ? [] : await installedIn(resolve(folder))
  for (const model of [await defaultModel(), ...installed]) await tryOut(model)
  for (const id of values.classics ? classicIds : (['alexnet'] as const)) {
    // One at a time: together they would fill a drive.
    await withScratch(async (scratch) => tryOut(await importSeeded(id, scratch), true)).catch(
      (error) => results.push({ model: id, refused: String(error) }),
    )
  }
  // What a Linux system has for CUDA; ONNX Runtime's own libraries are the app's to fetch.
  const nvidia = await nvidiaDiagnosis(thisSystem, false)
  return { results, nvidia }
}

async function installedIn(folder: string): Promise<readonly InstalledModel[]> {
  const found = await modelsIn(folder)
  return found.map(({ model }) => {
    if (!model.ok) throw new Error(model.error.message)
    return model.value
  })
}
