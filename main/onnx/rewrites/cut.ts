// Takes a piece out of a graph: from some values to some others.
import { GraphError, graphOf, indexGraph } from '../graph.ts'
import type { Model } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import { prunedGraph } from './prune.ts'
import { outputInfo } from './taps.ts'

export interface Cut {
  /** Values that become graph inputs; what only they needed is dropped. */
  readonly inputs: readonly string[]
  /** Values that become the only graph outputs; without them the outputs stay as they are. */
  readonly outputs?: readonly string[]
}

/**
 * The part of a graph between two sets of values.
 *
 * Outputs that need nothing of what was cut off stay; graph inputs that are still needed stay too.
 *
 * @throws GraphError naming a value that the graph does not make, or whose type is unknown
 */
export function cutAt(model: Model, cut: Cut): Model {
  const graph = graphOf(model)
  const index = indexGraph(graph)
  const known = inferShapes(model, index)
  const starts = cut.inputs.map((name) => {
    const found = known.get(name)
    if (found?.elemType === undefined) {
      throw new GraphError(`Expected a value of known type but received ${name}`)
    }
    return outputInfo(name, found)
  })
  const outputs = cut.outputs?.map((name) => {
    const present = graph.outputs.find((output) => output.name === name)
    if (present === undefined && !known.has(name)) {
      throw new GraphError(`Expected a value that the graph makes but received ${name}`)
    }
    return present ?? outputInfo(name, known.get(name))
  })
  const cutOff = new Set(cut.inputs)
  const nodes = index.nodes.map((node) =>
    node.outputs.some((output) => cutOff.has(output))
      ? { ...node, outputs: node.outputs.map((output) => (cutOff.has(output) ? '' : output)) }
      : node,
  )
  const opened = {
    ...graph,
    nodes: nodes.filter((node) => node.outputs.some((output) => output !== '')),
    inputs: [...graph.inputs.filter(({ name }) => !cutOff.has(name)), ...starts],
    outputs: outputs ?? graph.outputs.filter(({ name }) => !cutOff.has(name)),
    initializers: graph.initializers.filter(({ name }) => !cutOff.has(name)),
  }
  return {
    ...model,
    graph: prunedGraph(
      opened,
      opened.outputs.map(({ name }) => name),
    ),
  }
}
