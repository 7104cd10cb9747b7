// `bench -- providers [<models>] [--classics]`: what each execution provider makes of each network.
import { nvidiaDiagnosis } from '../../main/engine/provider-trial/nvidia-diagnosis.ts'
import { thisSystem } from '../../main/engine/provider-trial/this-system.ts'
import type { InstalledModel } from '../../main/models/installed.ts'
import { benchChoice } from '../measure/engine.ts'
import { defaultModel } from '../measure/installed.ts'
import { eachNetwork } from '../networks/each-network.ts'

const sizes = [1, 2, 4, 8, 16, 32, 64]

/** Of the default model and those of {@link eachNetwork}. */
export async function benchProviders(args: readonly string[]): Promise<object> {
  const choose = benchChoice(sizes)
  const tried = ({ spec }: InstalledModel): Promise<object> =>
    choose(spec, { benched: [], only: [], thorough: true })
  const standard = await defaultModel()
  const ofDefault = { model: standard.card.name, seeded: false, ...(await tried(standard)) }
  const results = [ofDefault, ...(await eachNetwork(args, tried))]
  // What a Linux system has for CUDA; ONNX Runtime's own libraries are the app's to fetch.
  const nvidia = await nvidiaDiagnosis(thisSystem, false)
  return { results, nvidia }
}
