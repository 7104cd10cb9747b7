// The rows of the network's column: its layers, and the steps inside the blocks that are unfolded.
import type { LayerInfo } from '../../../../preload/contract/inspector.ts'

export interface LayerRow {
  readonly layer: LayerInfo
  /** 1 for a layer, 2 for a step inside a block, and so on. */
  readonly level: number
  /** The block it is inside of; empty for a layer. */
  readonly parent: string
}

export function layerRows(
  layers: readonly LayerInfo[],
  unfolded: ReadonlySet<string>,
  level = 1,
  parent = '',
): readonly LayerRow[] {
  return layers.flatMap((layer) => [
    { layer, level, parent },
    ...(unfolded.has(layer.name) ? layerRows(layer.inner, unfolded, level + 1, layer.name) : []),
  ])
}

/** A step's name without its block's: "Branch_1/Conv2d_0a_1x1". */
export const shortName = ({ layer, parent }: LayerRow): string =>
  parent !== '' && layer.name.startsWith(`${parent}/`)
    ? layer.name.slice(parent.length + 1)
    : layer.name
