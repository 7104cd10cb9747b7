// Takes the last activations off a value, so that a unit that is silent can be told what to do.
import { graphOf, indexGraph } from '../graph.ts'
import { nodeOf } from '../graph-builder.ts'
import type { Model, Node } from '../model.ts'

const silencing = new Set(['Relu', 'Clip'])
/** These only put together or hand on what units computed. */
const passing = new Set(['Concat', 'Identity', 'Dropout'])

/**
 * The same graph where `value` is what its units computed before their ReLU (or Clip): a ReLU's
 * gradient is zero where it gives zero. A value that ends in no such operator stays as it is.
 */
export function beforeActivation(model: Model, value: string): Model {
  const graph = graphOf(model)
  const { producers } = indexGraph(graph)
  const opened = new Set<Node>()
  const waiting = [value]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = producers.get(name)
    if (node === undefined || opened.has(node)) continue
    if (silencing.has(node.opType)) opened.add(node)
    else if (passing.has(node.opType)) waiting.push(...node.inputs)
  }
  const nodes = graph.nodes.map((node) =>
    opened.has(node) ? nodeOf('Identity', node.inputs.slice(0, 1), node.outputs[0] ?? '') : node,
  )
  return { ...model, graph: { ...graph, nodes } }
}
