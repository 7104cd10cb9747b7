// Whether dreams excite their units more than any photo does, and how long they take.
import { parseArgs } from 'node:util'
import type { DecodePool } from '../../main/engine/decode-pool.ts'
import { decodePicture } from '../../main/inspect/decode-picture.ts'
import { dream } from '../../main/inspect/dream/dream.ts'
import type { Network } from '../../main/inspect/network.ts'
import { median } from '../measure/median.ts'
import { say } from '../measure/say.ts'
import { photoFiles } from '../photos/photo-files.ts'
import { openNetwork } from './open-network.ts'

const steps = 256
/** From the first layers to the last; chosen by number, not by how they look. */
const usualLayers = 'Conv2d_2b,Conv2d_4a,Mixed_5b,Mixed_6a,Mixed_6d,Mixed_7b,logits'
const channel = 10

interface Unit {
  readonly layer: string
  readonly channel: number
}

/** @param args the folder of photos to compare with, and options */
export async function benchDreams(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { layers: { type: 'string', default: usualLayers } },
    allowPositionals: true,
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Expected a folder: bench -- dreams <folder>')
  const units = values.layers.split(',').map((layer) => ({ layer, channel }))
  const { network, pool } = await openNetwork()
  try {
    const most = await greatestOverPhotos(network, pool, folder, units)
    const results: object[] = []
    for (const [i, { layer, channel }] of units.entries()) {
      const shownAt: number[] = [performance.now()]
      const { activation } = await dream(
        network,
        { spec: network.spec, layer, channel, steps, seed: 1 },
        new AbortController().signal,
        () => shownAt.push(performance.now()),
      )
      const seconds = (performance.now() - (shownAt[0] ?? 0)) / 1000
      const gaps = shownAt.slice(1).map((at, j) => at - (shownAt[j] ?? 0))
      const photos = most[i] ?? 0
      const result = {
        layer,
        channel,
        activation,
        ofPhotos: photos,
        ratio: activation / photos,
        seconds,
        pictureEveryMs: { median: median(gaps), most: Math.max(...gaps) },
      }
      say(JSON.stringify(result))
      results.push(result)
    }
    return { steps, dreams: results }
  } finally {
    await network.dispose()
    await pool.dispose()
  }
}

/** Each unit's greatest activation over all photos, by the network that dreams. */
async function greatestOverPhotos(
  network: Network,
  pool: DecodePool,
  folder: string,
  units: readonly Unit[],
): Promise<readonly number[]> {
  const most = units.map(() => Number.NEGATIVE_INFINITY)
  const side = network.spec.inputSizePx
  const session = await network.tapSession
  const taps = units.map(({ layer }) => network.layer(layer))
  const wanted = [...new Set(taps.map(({ value }) => value))]
  for (const path of await photoFiles(folder)) {
    const source = { kind: 'file', path } as const
    const picture = await decodePicture(pool, source, side).catch(() => undefined)
    if (picture === undefined) continue
    const pixels = { data: picture.pixels, dims: [1, side, side, 3] }
    const outputs = await session.run({ pixels }, wanted)
    units.forEach(({ channel }, i) => {
      const { value, info } = taps[i] ?? {}
      const data = outputs[value ?? '']?.data ?? new Float32Array()
      const area = (info?.heightPx ?? 1) * (info?.widthPx ?? 1)
      const map = data.subarray(channel * area, (channel + 1) * area)
      most[i] = map.reduce((a, b) => Math.max(a, b), most[i] ?? 0)
    })
  }
  return most
}
