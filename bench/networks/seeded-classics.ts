// The classics with weights from a seed: what they compute is noise, how fast they do so is not.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { sha256OfFile } from '../../main/fetch/file-hash.ts'
import { downloadableEntry } from '../../main/models/catalogue.ts'
import { type ImportOptions, tryModel } from '../../main/models/import-model.ts'
import { findModel, type InstalledModel } from '../../main/models/installed.ts'
import { residentBytes } from '../../main/models/resident-bytes.ts'
import { trialLimits } from '../../main/models/run-trial.ts'
import { fullAlexNet } from '../../main/models/testing/classics/seeded-alexnet.ts'
import { seededEfficientNetLite4 } from '../../main/models/testing/classics/seeded-efficientnet.ts'
import { seededGoogLeNet } from '../../main/models/testing/classics/seeded-googlenet.ts'
import { seededMobileNetV2 } from '../../main/models/testing/classics/seeded-mobilenet.ts'
import { seededResNet50 } from '../../main/models/testing/classics/seeded-resnet.ts'
import { seededSqueezeNet } from '../../main/models/testing/classics/seeded-squeezenet.ts'
import { seededVgg16 } from '../../main/models/testing/classics/seeded-vgg.ts'
import { encodeModel } from '../../main/onnx/codec.ts'
import { examplePath, inBuild, inProject } from '../measure/installed.ts'

const classics = {
  alexnet: fullAlexNet,
  'squeezenet-1.1': seededSqueezeNet,
  'mobilenet-v2': seededMobileNetV2,
  googlenet: seededGoogLeNet,
  'resnet-50': seededResNet50,
  'vgg-16': seededVgg16,
  'efficientnet-lite4': seededEfficientNetLite4,
} as const
export type Classic = keyof typeof classics
export const classicIds = Object.keys(classics) as readonly Classic[]

/** @throws Error with a sentence when it cannot be imported */
export async function importSeeded(id: Classic, scratch: string): Promise<InstalledModel> {
  const path = join(scratch, `${id}.onnx`)
  const contents = encodeModel(classics[id]())
  await writeFile(path, contents)
  const listed = downloadableEntry(id)
  if (listed === undefined) throw new Error(`Expected ${id} in the catalogue`)
  const source = { ...listed.source, bytes: contents.length, sha256: await sha256OfFile(path) }
  const options: ImportOptions = {
    modelsFolder: inProject('models/installed'),
    userModelsFolder: join(scratch, 'models'),
    fork: forkWithNode(fileURLToPath(inBuild('model-trial.js'))),
    residentBytes,
    limits: trialLimits,
    examplePath,
    known: [{ ...listed, source }],
  }
  const tried = await tryModel({ path, told: {}, labels: undefined }, options)
  if (!tried.ok) throw new Error(tried.error.message)
  const installed = await tried.value.install()
  if (!installed.ok) throw new Error(installed.error.message)
  const found = await findModel(options, installed.value.id)
  if (!found.ok) throw new Error(found.error.message)
  return found.value
}
