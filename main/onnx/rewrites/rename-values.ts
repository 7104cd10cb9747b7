// Gives values of a graph other names.
import { GraphError, graphOf } from '../graph.ts'
import type { Model, ValueInfo } from '../model.ts'

/**
 * @param names new ones by old ones; the caller sees to it that the new ones are not in use
 * @throws GraphError for graphs inside nodes, which may read the values by their old names
 */
export function renameValues(model: Model, names: ReadonlyMap<string, string>): Model {
  if (names.size === 0) return model
  const graph = graphOf(model)
  const renamed = (name: string): string => names.get(name) ?? name
  const infos = (list: readonly ValueInfo[]): ValueInfo[] =>
    list.map((info) => ({ ...info, name: renamed(info.name) }))
  const nodes = graph.nodes.map((node) => {
    if (node.attributes.some(({ g, graphs }) => g !== undefined || graphs !== undefined)) {
      throw new GraphError(`Expected no graph inside a node but found one in ${node.opType}`)
    }
    return { ...node, inputs: node.inputs.map(renamed), outputs: node.outputs.map(renamed) }
  })
  return {
    ...model,
    graph: {
      ...graph,
      nodes,
      initializers: graph.initializers.map((tensor) => ({ ...tensor, name: renamed(tensor.name) })),
      inputs: infos(graph.inputs),
      outputs: infos(graph.outputs),
      valueInfos: infos(graph.valueInfos),
    },
  }
}
