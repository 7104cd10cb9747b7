// `bench -- providers [<models>]`: what each execution provider makes of each network.
import { resolve } from 'node:path'
import { nvidiaDiagnosis } from '../../main/engine/provider-trial/nvidia-diagnosis.ts'
import { thisSystem } from '../../main/engine/provider-trial/this-system.ts'
import { type InstalledModel, modelsIn } from '../../main/models/installed.ts'
import { benchChoice } from '../measure/engine.ts'
import { defaultModel } from '../measure/installed.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { importSeededAlexNet } from './seeded-alexnet.ts'

const sizes = [1, 2, 4, 8, 16, 32, 64]

/** Of the default model, of AlexNet and of the networks in a folder of installed models. */
export const benchProviders = ([folder]: readonly string[]): Promise<object> =>
  withScratch(async (scratch) => {
    const models = [
      await defaultModel(),
      await importSeededAlexNet(scratch),
      ...(folder === undefined ? [] : await installedIn(resolve(folder))),
    ]
    const choose = benchChoice(sizes)
    const results: object[] = []
    for (const { card, spec } of models) {
      say(card.name)
      const choice = await choose(spec, { benched: [], only: [], thorough: true })
      results.push({ model: card.name, ...choice })
    }
    // What a Linux system has for CUDA; ONNX Runtime's own libraries are the app's to fetch.
    const nvidia = await nvidiaDiagnosis(thisSystem, false)
    return { results, nvidia }
  })

async function installedIn(folder: string): Promise<readonly InstalledModel[]> {
  const found = await modelsIn(folder)
  return found.map(({ model }) => {
    if (!model.ok) throw new Error(model.error.message)
    return model.value
  })
}
