// How a layer is drawn in the column: as wide as its maps, as tall as it has channels.

interface Shape {
  readonly channels: number
  readonly widthPx: number
}

/** Shares of the room there is, 0..1; logarithmic, so that 1 x 1 and 149 x 149 both can be seen. */
export function blockShape(
  layer: Shape,
  layers: readonly Shape[],
): { readonly width: number; readonly height: number } {
  const share = (value: number, most: number, least: number): number =>
    most <= 1 ? 1 : least + (1 - least) * (Math.log2(Math.max(1, value)) / Math.log2(most))
  const widest = Math.max(...layers.map(({ widthPx }) => widthPx))
  const deepest = Math.max(...layers.map(({ channels }) => channels))
  return {
    width: share(layer.widthPx, widest, 0.06),
    height: share(layer.channels, deepest, 0.1),
  }
}
