// AlexNet as it was, with weights from a seed: what it computes is noise, how fast it does so is not.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { type ImportOptions, tryModel } from '../../main/models/import-model.ts'
import { findModel, type InstalledModel } from '../../main/models/installed.ts'
import { residentBytes } from '../../main/models/resident-bytes.ts'
import { trialLimits } from '../../main/models/run-trial.ts'
import { fullAlexNet } from '../../main/models/testing/classics/seeded-alexnet.ts'
import { encodeModel } from '../../main/onnx/codec.ts'
import { examplePath, inBuild, inProject } from '../measure/installed.ts'

/** @throws Error with a sentence when it cannot be imported */
export async function importSeededAlexNet(scratch: string): Promise<InstalledModel> {
  const path = join(scratch, 'alexnet.onnx')
  await writeFile(path, encodeModel(fullAlexNet()))
  const options: ImportOptions = {
    modelsFolder: inProject('models/installed'),
    userModelsFolder: join(scratch, 'models'),
    fork: forkWithNode(fileURLToPath(inBuild('model-trial.js'))),
    residentBytes,
    limits: trialLimits,
    examplePath,
    known: [],
  }
  const told = { id: 'alexnet-seeded', name: 'AlexNet, seeded weights' }
  const tried = await tryModel({ path, told, labels: undefined }, options)
  if (!tried.ok) throw new Error(tried.error.message)
  const installed = await tried.value.install()
  if (!installed.ok) throw new Error(installed.error.message)
  const found = await findModel(options, installed.value.id)
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}
