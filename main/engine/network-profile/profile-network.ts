// Runs a network as the engine does, with ONNX Runtime's profile; inside a disposable process.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeModel } from '../../onnx/codec.ts'
import { layerOwners } from '../../onnx/layers/layer-owners.ts'
import { listLayers } from '../../onnx/layers/list-layers.ts'
import { onnxOf } from '../model-form.ts'
import type { ProfileRequest } from '../provider-trial/protocol.ts'
import { ClassifierSession } from '../sessions.ts'
import { testPicture } from '../test-picture.ts'
import { type ProfiledRun, profileTrace } from './profile-trace.ts'

/** After the first, which compiles and allocates. */
const measuredRuns = 7

/** @throws Error with ONNX Runtime's reason */
export async function profileNetwork({
  model,
  provider,
  threads,
}: ProfileRequest): Promise<ProfiledRun> {
  const folder = await mkdtemp(join(tmpdir(), 'latent-profile-'))
  let session: ClassifierSession | undefined
  try {
    const asItIs = decodeModel(await readFile(model.onnxPath))
    const onnx = await onnxOf(model, provider)
    // What was spelled out for the provider belongs to the layers of the network as it is.
    const made = typeof onnx === 'string' ? asItIs : decodeModel(onnx)
    const owners = layerOwners(made, listLayers(asItIs).layers)
    session = await ClassifierSession.create(model, provider, threads, {
      profilePrefix: join(folder, 'profile'),
    })
    const picture = testPicture(model.inputSizePx)
    for (let run = 0; run <= measuredRuns; run++) await session.run(picture, 1)
    session.endProfiling()
    const [file = ''] = await readdir(folder)
    return profileTrace(await readFile(join(folder, file), 'utf8'), owners)
  } finally {
    await session?.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}
