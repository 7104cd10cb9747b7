// Which layer each node and value of a graph belongs to.
import { graphOf, indexGraph } from '../graph.ts'
import type { Model } from '../model.ts'

/**
 * The layer of each node and value, by name: they belong to the first layer that needs them.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function layerOwners(
  model: Model,
  layers: readonly { readonly name: string; readonly value: string }[],
): ReadonlyMap<string, string> {
  const { producers } = indexGraph(graphOf(model))
  const owner = new Map<string, string>()
  for (const { name, value } of layers) {
    const waiting = [value]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const node = producers.get(next)
      if (node === undefined || owner.has(next)) continue
      for (const known of [node.name, ...node.outputs]) owner.set(known, name)
      waiting.push(...node.inputs)
    }
  }
  return owner
}
