// Which layers an activation atlas can be made of, and which one to begin with.
import type { InspectorModel, LayerInfo } from '../../preload/contract/inspector.ts'

type Layers = Pick<InspectorModel, 'layers'>

/** Coarser maps tell whole things apart, and a photo has few places on them. */
const leastMapSide = 12

/** Those that know where on a photo they are. */
export const layersWithPlaces = ({ layers }: Layers): readonly LayerInfo[] =>
  layers.filter(({ receptiveField }) => receptiveField !== null)

/** The latest that still tells a photo's places finely apart; undefined when none has places. */
export function firstAtlasLayer(model: Layers): string | undefined {
  const layers = layersWithPlaces(model)
  const fine = layers.filter(({ widthPx, heightPx }) => Math.min(widthPx, heightPx) >= leastMapSide)
  return (fine.at(-1) ?? layers.at(-1))?.name
}
