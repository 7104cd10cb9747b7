// Who makes and who uses each value of a graph, and an order in which the nodes can run.
import type { Graph, Model, Node, Tensor } from './model.ts'

/** A graph that no runtime could run: a cycle, a value made twice or never, no graph at all. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
}

/** @throws GraphError when the model has no graph */
export function graphOf(model: Model): Graph {
  if (model.graph === undefined)
    throw new GraphError('Expected a graph in the model but found none')
  return model.graph
}

/** Operator set version of ai.onnx that the model's nodes follow; 1 when it names none. */
export const opsetOf = (model: Model): number =>
  model.opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 1

/** How people find a node: its name, or else what it makes. */
export const nodeLabel = (node: Node): string => node.name || node.outputs[0] || node.opType

/** Lookups over one graph; `nodes` lies in an order in which each value is made before its use. */
export interface GraphIndex {
  readonly graph: Graph
  readonly nodes: readonly Node[]
  readonly initializers: ReadonlyMap<string, Tensor>
  readonly producers: ReadonlyMap<string, Node>
  readonly consumers: ReadonlyMap<string, readonly Node[]>
  /** Graph inputs that are not merely defaults of initializers (older models list those too). */
  readonly inputs: readonly string[]
}

/** @throws GraphError on cycles, and on values made twice or never */
export function indexGraph(graph: Graph): GraphIndex {
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]))
  const producers = new Map<string, Node>()
  const consumers = new Map<string, Node[]>()
  const inputs = graph.inputs.map(({ name }) => name).filter((name) => !initializers.has(name))
  const given = new Set(inputs)
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      if (output === '') continue
      if (producers.has(output) || given.has(output)) {
        throw new GraphError(`Expected one origin of ${output} but found several`)
      }
      producers.set(output, node)
    }
    for (const input of new Set(node.inputs)) {
      if (input === '') continue
      const known = consumers.get(input)
      if (known === undefined) consumers.set(input, [node])
      else known.push(node)
    }
  }
  const nodes = ordered(graph, producers, (name) => given.has(name) || initializers.has(name))
  return { graph, nodes, initializers, producers, consumers, inputs }
}

/** Kahn's algorithm; nodes that are ready keep the order of the file. */
function ordered(
  graph: Graph,
  producers: ReadonlyMap<string, Node>,
  isGiven: (name: string) => boolean,
): readonly Node[] {
  const waiting = new Map<Node, number>()
  const followers = new Map<Node, Node[]>()
  for (const node of graph.nodes) {
    const before = producersOf(node, producers)
    for (const input of node.inputs) {
      const producer = producers.get(input)
      if (producer === undefined && input !== '' && !isGiven(input)) {
        throw new GraphError(`Expected ${input} for ${nodeLabel(node)} but nothing makes it`)
      }
    }
    waiting.set(node, before.size)
    for (const producer of before) {
      const known = followers.get(producer)
      if (known === undefined) followers.set(producer, [node])
      else known.push(node)
    }
  }
  const order = graph.nodes.filter((node) => waiting.get(node) === 0)
  for (let at = 0; at < order.length; at++) {
    const node = order[at]
    if (node === undefined) break
    for (const follower of followers.get(node) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1
      waiting.set(follower, left)
      if (left === 0) order.push(follower)
    }
  }
  if (order.length < graph.nodes.length) {
    const stuck = graph.nodes.find((node) => (waiting.get(node) ?? 0) > 0)
    throw new GraphError(
      `Expected an order of the nodes but found a cycle at ${stuck ? nodeLabel(stuck) : ''}`,
    )
  }
  return isAlreadyOrdered(graph, producers) ? graph.nodes : order
}

function isAlreadyOrdered(graph: Graph, producers: ReadonlyMap<string, Node>): boolean {
  const done = new Set<Node>()
  for (const node of graph.nodes) {
    for (const producer of producersOf(node, producers)) if (!done.has(producer)) return false
    done.add(node)
  }
  return true
}

const producersOf = (node: Node, producers: ReadonlyMap<string, Node>): Set<Node> =>
  new Set(valuesUsedBy(node).flatMap((name) => producers.get(name) ?? []))

/** Inputs of a node and of the graphs inside it (an If or Loop reads values from around it). */
export function valuesUsedBy(node: Node): readonly string[] {
  if (node.attributes.every(({ g, graphs }) => g === undefined && graphs === undefined)) {
    return node.inputs
  }
  const used: string[] = []
  const waiting: Node[] = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    used.push(...next.inputs)
    for (const { g, graphs } of next.attributes) {
      for (const inner of [...(g === undefined ? [] : [g]), ...(graphs ?? [])]) {
        waiting.push(...inner.nodes)
        used.push(...inner.outputs.map(({ name }) => name))
      }
    }
  }
  return used
}
