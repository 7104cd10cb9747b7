// Finds in one network what corresponds to a layer of another.
import type { InspectorModel } from '../../preload/contract/inspector.ts'

/** The layer that lies as deep, with maps as large as can be had; undefined where none can. */
export function likeLayer(
  first: InspectorModel | null,
  layerName: string,
  second: InspectorModel,
): string | undefined {
  const layers = first?.layers ?? []
  const at = layers.findIndex(({ name }) => name === layerName)
  if (at < 0) return undefined
  const wantedPx = layers[at]?.widthPx ?? 1
  const share = at / Math.max(layers.length - 1, 1)
  const last = Math.max(second.layers.length - 1, 1)
  const far = (widthPx: number, i: number): number =>
    Math.abs(Math.log2(widthPx / wantedPx)) + Math.abs(i / last - share)
  return second.layers
    .map(({ name, widthPx }, i) => ({ name, distance: far(widthPx, i) }))
    .toSorted((a, b) => a.distance - b.distance)[0]?.name
}
