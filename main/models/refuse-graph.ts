// What no network of a person's may hold, found before anything runs it.
import { GraphError, graphOf, nodeLabel } from '../onnx/graph.ts'
import type { Model } from '../onnx/model.ts'

/** The largest classifiers have some thousands; each costs the runtime time and memory at load. */
export const mostNodes = 20_000

/** Operators that onnxruntime brings itself; any other domain would need a library of its own. */
const knownDomains = new Set(['', 'ai.onnx', 'com.microsoft'])

/**
 * @throws GraphError for too many nodes, for branches and loops (whose time and memory cannot be
 *   foreseen) and for operators of domains that are not known
 */
export function refuseGraph(model: Model): void {
  const { nodes } = graphOf(model)
  if (nodes.length > mostNodes) {
    throw new GraphError(`Expected at most ${mostNodes} nodes but the graph has ${nodes.length}`)
  }
  for (const node of nodes) {
    if (!knownDomains.has(node.domain)) {
      throw new GraphError(
        `Expected operators of ONNX but ${nodeLabel(node)} is ${node.domain}.${node.opType}`,
      )
    }
    if (node.attributes.some(({ g, graphs }) => g !== undefined || graphs !== undefined)) {
      throw new GraphError(`Expected no branches or loops but ${nodeLabel(node)} is ${node.opType}`)
    }
  }
}
