// One channel as a map over the photo.
import type { InspectorModel, LayerInfo } from '../../../../preload/contract/inspector.ts'
import { colourMap } from '../../../scene/canvas-map-painter.ts'
import { type ColourMapName, colourTable } from '../../../scene/colour-maps.ts'
import { shadeOf, type ValueRange } from '../../../scene/map-scale.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { type Box, mapExtent } from './crop-maths.ts'

/** A layer, or a step inside a block. */
export function layerOf(model: InspectorModel, name: string): LayerInfo | null {
  const within = (layers: readonly LayerInfo[]): LayerInfo | null => {
    for (const layer of layers) {
      const found = layer.name === name ? layer : within(layer.inner)
      if (found !== null) return found
    }
    return null
  }
  return within(model.layers)
}

export function channelImage(
  maps: LayerMaps,
  channel: number,
  range: ValueRange,
  colours: ColourMapName,
): ImageData {
  const { activations, bytes } = maps
  const { channels, heightPx, widthPx } = activations
  return colourMap(
    { bytes, channels, heightPx, widthPx },
    channel,
    shadeOf(activations, channel, range),
    colourTable(colours),
  )
}

/** Where a layer's maps lie on the network's input. */
export const extentOf = (maps: LayerMaps, layer: LayerInfo | null, inputSizePx: number): Box =>
  mapExtent({ ...maps.activations, receptiveField: layer?.receptiveField ?? null }, inputSizePx)
