// Models of a single node, to test an operator by itself.
import { type AttributeValue, GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import type { FloatTensor } from './run-model.ts'

export interface NodeUnderTest {
  readonly op: string
  /** A tensor is a graph input of a free batch; a name refers to a constant; '' is absent. */
  readonly inputs: readonly (FloatTensor | string)[]
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  readonly floats?: Readonly<Record<string, FloatTensor>>
  readonly ints?: Readonly<Record<string, readonly number[]>>
  readonly opset?: number
  /** Whether the first axis of inputs is free; true when left out. */
  readonly freeBatch?: boolean
}

export interface BuiltNode {
  readonly model: Model
  /** Values of the graph inputs, `x0` and so on. */
  readonly feeds: Readonly<Record<string, FloatTensor>>
  /** The node's output. */
  readonly output: string
}

export function nodeUnderTest(spec: NodeUnderTest): BuiltNode {
  const graph = new GraphBuilder('test')
  for (const [name, { data, dims }] of Object.entries(spec.floats ?? {})) {
    graph.floats(name, [...data], dims)
  }
  for (const [name, values] of Object.entries(spec.ints ?? {})) graph.int64s(name, values)
  const feeds: Record<string, FloatTensor> = {}
  const inputs = spec.inputs.map((input, i) => {
    if (typeof input === 'string') return input
    const name = `x${i}`
    feeds[name] = input
    const free = spec.freeBatch !== false && input.dims.length > 1
    return graph.input(
      name,
      dataType.float,
      input.dims.map((size, axis) => (axis === 0 && free ? 'N' : size)),
    )
  })
  const output = graph.node(spec.op, inputs, 'y', spec.attributes)
  const model = graph.build()
  model.graph?.outputs.push({ name: output, type: { tensor: { elemType: dataType.float } } })
  if (spec.opset !== undefined) model.opsets = [{ domain: '', version: spec.opset }]
  return { model, feeds, output }
}
