// Drops what a graph does not need.
import { graphOf, indexGraph, valuesUsedBy } from '../graph.ts'
import type { Graph, Model, Node } from '../model.ts'

/**
 * Keeps the nodes, constants and graph inputs that the graph's outputs need. Constants that older
 * files list among the graph inputs as well are taken from that list.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function prune(model: Model): Model {
  const graph = graphOf(model)
  return {
    ...model,
    graph: prunedGraph(
      graph,
      graph.outputs.map(({ name }) => name),
    ),
  }
}

/** The part of a graph that the values `wanted` need; its outputs stay as they are. */
export function prunedGraph(graph: Graph, wanted: readonly string[]): Graph {
  const { nodes: order, producers, initializers } = indexGraph(graph)
  const values = new Set(wanted)
  const kept = new Set<Node>()
  for (const node of [...order].reverse()) {
    if (!node.outputs.some((output) => values.has(output))) continue
    kept.add(node)
    for (const input of valuesUsedBy(node)) values.add(input)
  }
  return {
    ...graph,
    nodes: order.filter((node) => kept.has(node)),
    initializers: graph.initializers.filter(({ name }) => values.has(name)),
    inputs: graph.inputs.filter(
      ({ name }) => values.has(name) && !initializers.has(name) && !producers.has(name),
    ),
    valueInfos: graph.valueInfos.filter(({ name }) => values.has(name)),
  }
}
