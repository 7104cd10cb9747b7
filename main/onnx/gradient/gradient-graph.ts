// Builds the backward pass of a graph out of ordinary nodes.
import { type GraphIndex, graphOf, indexGraph, opsetOf } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model, type Node } from '../model.ts'
import { prunedGraph } from '../rewrites/prune.ts'
import { raiseOpset } from '../rewrites/raise-opset.ts'
import { outputInfo } from '../rewrites/taps.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import { facts, type Shape } from '../shapes/shape.ts'
import { BackwardStep, type StepContext } from './backward-step.ts'
import { GradientError } from './gradient-error.ts'
import { gradientRule } from './registry.ts'

export interface GradientRequest {
  /** The value whose gradients are asked for: the logits, a layer, probabilities. */
  readonly of: string
  /** Values that it depends on: the image input, a layer before it. */
  readonly withRespectTo: readonly string[]
}

export interface GradientModel {
  readonly model: Model
  /** Name of the additional graph input: float32 of the shape `cotangentShape`. */
  readonly cotangent: string
  /** Shape of `of`; a string stands for a free axis, the batch as a rule. */
  readonly cotangentShape: Shape
  /** Output name of each gradient, by the value in `withRespectTo`. */
  readonly gradients: ReadonlyMap<string, string>
}

/** Operator set that the backward nodes need: ScatterElements adds up since 16. */
const neededOpset = 17

/** Name of the output that holds the gradient with respect to a value. */
export const gradientName = (value: string): string => `gradient:${value}`

/**
 * Adds a vector-Jacobian product to a graph: given the new input `cotangent` v, shaped like the
 * value `of` (float32, batch free where the graph's is), the new graph gives
 *
 * - `of` itself, from the forward pass, and
 * - for each value x in `withRespectTo`, `gradient:x` = Σ v · d(of)/dx, float32, shaped like x.
 *
 * The choice of v is the choice of target: see {@link oneHotLogit} and its neighbours. Rows of a
 * batch do not touch, so one run serves a batch of targets. Only the part between `of` and the
 * values asked for is differentiated, and what the outputs do not need is dropped.
 *
 * Models below operator set 17 are raised to it; see {@link raiseOpset}.
 *
 * @throws GradientError for an operator on the path without a rule, a size on the path that is not
 *   known, a value that is not in the graph, or one that `of` does not depend on
 * @throws GraphError when no order of the nodes exists
 */
export function gradientGraph(model: Model, request: GradientRequest): GradientModel {
  const raised = raiseOpset(model, neededOpset)
  const wholeIndex = indexGraph(graphOf(raised))
  const wholeFacts = inferShapes(raised, wholeIndex)
  for (const name of [request.of, ...request.withRespectTo]) {
    if (!wholeFacts.has(name)) {
      throw new GradientError('unknown-value', `Expected a value of the graph, not ${name}`)
    }
  }
  const forward: Model = {
    ...raised,
    graph: {
      ...prunedGraph(graphOf(raised), [request.of]),
      outputs: [outputInfo(request.of, wholeFacts.get(request.of))],
      valueInfos: [],
    },
  }
  const index = indexGraph(graphOf(forward))
  return new Backward(forward, index, request).build()
}

class Backward {
  private readonly graph: GraphBuilder
  private readonly context: StepContext
  private readonly contributions = new Map<string, string[]>()

  constructor(
    forward: Model,
    private readonly index: GraphIndex,
    private readonly request: GradientRequest,
  ) {
    const wanted = dependents(index, request.withRespectTo)
    this.graph = new GraphBuilder(forward)
    this.context = {
      graph: this.graph,
      index,
      known: inferShapes(forward, index),
      opset: opsetOf(forward),
      isWanted: (value) => wanted.has(value),
    }
  }

  build(): GradientModel {
    const { of, withRespectTo } = this.request
    const shape =
      this.context.known.get(of)?.shape ??
      fail('unknown-shape', `Expected a known shape of ${of} for its cotangent`)
    const { name: cotangent, type } = outputInfo(
      this.graph.unique('cotangent'),
      facts(dataType.float, shape),
    )
    this.graph.declareInput({ name: cotangent, ...(type === undefined ? {} : { type }) })
    this.contributions.set(of, [cotangent])
    for (const node of [...this.index.nodes].reverse()) {
      if (node.inputs.some((input) => this.context.isWanted(input))) this.differentiate(node)
    }
    const gradients = new Map<string, string>()
    for (const value of new Set(withRespectTo)) {
      const total = this.total(value) ?? fail('independent', `Expected ${of} to depend on ${value}`)
      const name = this.graph.node('Identity', [total], gradientName(value))
      this.graph.declareOutput(
        outputInfo(name, facts(dataType.float, this.context.known.get(value)?.shape)),
      )
      gradients.set(value, name)
    }
    return { model: this.graph.build(), cotangent, cotangentShape: shape, gradients }
  }

  private differentiate(node: Node): void {
    const cotangents = node.outputs.map((output) => this.total(output))
    if (cotangents.every((name) => name === undefined)) return
    const rule = gradientRule(node.domain, node.opType)
    if (rule === undefined) {
      throw new GradientError('unsupported-op', 'Expected an operator with a gradient', node)
    }
    const step = new BackwardStep(node, cotangents, this.context)
    this.refuseOtherFloats(step)
    rule(step).forEach((gradient, position) => {
      const input = step.input(position)
      if (gradient === undefined || !step.wants(position)) return
      const known = this.contributions.get(input)
      if (known === undefined) this.contributions.set(input, [gradient])
      else known.push(gradient)
    })
  }

  /** Gradients are float32: nodes that compute in other floats would not take them. */
  private refuseOtherFloats(step: BackwardStep): void {
    if (step.node.opType === 'Cast') return
    const type = step.facts(step.input(0))?.elemType
    if (type === dataType.float16 || type === dataType.double || type === dataType.bfloat16) {
      step.fail('unsupported-op', 'Expected float32 on the path')
    }
  }

  /** The sum of what a value's consumers sent back; undefined when none did. */
  private total(value: string): string | undefined {
    const parts = this.contributions.get(value)
    if (parts === undefined || parts.length < 2) return parts?.[0]
    const sum = this.graph.node(parts.length === 2 ? 'Add' : 'Sum', parts, 'backward/total')
    this.contributions.set(value, [sum])
    return sum
  }
}

function fail(problem: 'unknown-shape' | 'independent', message: string): never {
  throw new GradientError(problem, message)
}

/** All values that depend on any of these, themselves included. */
function dependents(index: GraphIndex, values: readonly string[]): ReadonlySet<string> {
  const found = new Set(values)
  for (const node of index.nodes) {
    // What a shape is does not depend on what is in the tensor.
    if (node.opType === 'Shape' || node.opType === 'Size') continue
    if (node.inputs.some((input) => found.has(input))) {
      for (const output of node.outputs) if (output !== '') found.add(output)
    }
  }
  return found
}
