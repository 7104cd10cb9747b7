// Finds a layer or a step inside a block by its name.
import type { LayerInfo } from '../../preload/contract/inspector.ts'

export function layerNamed(layers: readonly LayerInfo[], name: string): LayerInfo | undefined {
  for (const layer of layers) {
    const found = layer.name === name ? layer : layerNamed(layer.inner, name)
    if (found !== undefined) return found
  }
  return undefined
}
