// The scale that a layer's maps are drawn on.

import { channelRange, type ScaleMode, type ValueRange } from '../../../scene/map-scale.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { isPlaceless } from '../network/layer-words.ts'

export const isSigned = (maps: readonly LayerMaps[]): boolean =>
  maps.some(({ activations }) => activations.min < 0)

/** One value has no range of its own: such layers always share one scale. */
export const modeFor = ([first]: readonly LayerMaps[], mode: ScaleMode): ScaleMode =>
  first !== undefined && isPlaceless(first.activations) ? 'layer' : mode

export const rangeFor = (
  maps: readonly LayerMaps[],
  channel: number,
  mode: ScaleMode,
  /** Whether the colours have two sides. */
  signed: boolean,
): ValueRange =>
  channelRange(
    maps.map(({ activations }) => activations),
    channel,
    modeFor(maps, mode),
    signed,
  )
