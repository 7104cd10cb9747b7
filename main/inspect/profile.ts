// How long each layer takes on this machine, by ONNX Runtime's own profile.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphSession } from '../engine/graph-session.ts'
import { profileTrace } from '../engine/network-profile/profile-trace.ts'
import { encodeModel } from '../onnx/codec.ts'
import { layerOwners } from '../onnx/layers/layer-owners.ts'
import type { Network } from './network.ts'

const measuredRuns = 5

/** @returns median milliseconds by layer name */
export async function profileLayers(network: Network): Promise<Readonly<Record<string, number>>> {
  const folder = await mkdtemp(join(tmpdir(), 'latent-profile-'))
  try {
    const session = await GraphSession.create(encodeModel(network.model), {
      threads: availableParallelism(),
      profilePrefix: join(folder, 'run'),
    })
    const side = network.spec.inputSizePx
    const pixels = { data: new Uint8Array(side * side * 3).fill(127), dims: [1, side, side, 3] }
    const wanted = [network.end]
    for (let i = 0; i <= measuredRuns; i++) await session.run({ pixels }, wanted)
    session.endProfiling()
    await session.dispose()
    const [file = ''] = await readdir(folder)
    const owners = layerOwners(network.model, network.listed.layers)
    const { layers } = profileTrace(await readFile(join(folder, file), 'utf8'), owners)
    return Object.fromEntries(
      layers.filter(({ layer }) => layer !== '').map(({ layer, ms }) => [layer, ms]),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
