// How a layer is drawn in the column: as wide as its maps, as tall as it has channels.

interface Shape {
  readonly channels: number
  readonly widthPx: number
}

const least = 0.14

/**
 * Shares of the room there is, 0..1. Widths grow with the root, so that 8 x 8 can be seen beside
 * 149 x 149; heights count doublings of the channels.
 */
export function blockShape(
  layer: Shape,
  layers: readonly Shape[],
): { readonly width: number; readonly height: number } {
  const widest = Math.max(...layers.map(({ widthPx }) => widthPx))
  const channels = layers.map((other) => other.channels)
  const doublings = (count: number): number => Math.log2(count / Math.min(...channels))
  const most = doublings(Math.max(...channels))
  return {
    width: Math.max(0.05, Math.sqrt(layer.widthPx / widest)),
    // Steps inside a block may have fewer channels than any layer.
    height:
      most === 0 ? 0.5 : Math.max(0.06, least + (1 - least) * (doublings(layer.channels) / most)),
  }
}
