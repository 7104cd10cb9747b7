// Where a channel responds most.
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import type { Cell } from '../picture/crop-maths.ts'

export function strongestCell({ activations, bytes }: LayerMaps, channel: number): Cell {
  const { widthPx, heightPx } = activations
  const map = bytes.subarray(channel * widthPx * heightPx, (channel + 1) * widthPx * heightPx)
  let best = 0
  for (let at = 1; at < map.length; at++) if ((map[at] ?? 0) > (map[best] ?? 0)) best = at
  return { x: best % widthPx, y: Math.floor(best / widthPx) }
}
