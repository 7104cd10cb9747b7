// How long each layer takes on this machine, by ONNX Runtime's own profile.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { GraphSession } from '../engine/graph-session.ts'
import { encodeModel } from '../onnx/codec.ts'
import { graphOf, indexGraph } from '../onnx/graph.ts'
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
    return layerTimes(await readFile(join(folder, file), 'utf8'), layerOfValue(network))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The layer of each node and value: they belong to the first layer that needs them. */
function layerOfValue({ model, listed }: Network): ReadonlyMap<string, string> {
  const { producers } = indexGraph(graphOf(model))
  const owner = new Map<string, string>()
  for (const { name, value } of listed.layers) {
    const waiting = [value]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const node = producers.get(next)
      if (node === undefined || owner.has(next)) continue
      for (const known of [node.name, ...node.outputs]) owner.set(known, name)
      waiting.push(...node.inputs)
    }
  }
  return owner
}

interface ProfileEvent {
  readonly cat?: string
  readonly name?: string
  /** Microseconds. */
  readonly dur?: number
  readonly ts?: number
}

/**
 * Sums the profile's node times by layer. ONNX Runtime names a fused node after the last value or
 * node that it stands for, with a suffix, so that its name leads back to a value of the graph.
 *
 * @param json what ONNX Runtime wrote: a Chrome trace, whose first run counts as the warm-up
 */
export function layerTimes(
  json: string,
  layerOf: ReadonlyMap<string, string>,
): Readonly<Record<string, number>> {
  // Written by ONNX Runtime itself a moment ago; absent fields are skipped below.
  const events = JSON.parse(json) as readonly ProfileEvent[]
  const byLayer = new Map<string, number[]>()
  let run = -1
  let first: string | undefined
  for (const { cat, name = '', dur = 0 } of events) {
    if (cat !== 'Node' || !name.endsWith('_kernel_time')) continue
    first ??= name
    if (name === first) run++
    const own = ownName(name)
    const layer = layerOf.get(own) ?? layerOf.get(own.replace(/^[A-Z]\w*:/, ''))
    if (layer === undefined || run === 0) continue
    const runs = byLayer.get(layer) ?? []
    runs[run - 1] = (runs[run - 1] ?? 0) + dur / 1000
    byLayer.set(layer, runs)
  }
  return Object.fromEntries([...byLayer].map(([layer, runs]) => [layer, median(runs)]))
}

/** "a/b/Conv_nchwc_kernel_time" stands for a/b/Conv. */
const ownName = (event: string): string =>
  event.replace(/_kernel_time$/, '').replace(/(_nchwc|_token_\d+)+$/, '')

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
