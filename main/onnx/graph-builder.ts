// Builds an ONNX graph node by node; every method returns the name of the value it made.
import { graphOf, opsetOf } from './graph.ts'
import {
  type Attribute,
  attributeType,
  dataType,
  type Graph,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from './model.ts'

/** A number stands for an int; a float says so. */
export type AttributeValue = number | string | readonly number[] | { readonly float: number }

/** ai.onnx operator set that Latent writes; IR 8 goes with it and every ORT since 1.11 reads it. */
const opsetVersion = 17
const irVersion = 8

/** Collects nodes and constants; `build()` closes the graph. */
export class GraphBuilder {
  private readonly model: Model & { graph: Graph }
  private readonly taken: Set<string>

  /** @param onto an empty graph called so, or a model to add to (it stays as it is) */
  constructor(onto: string | Model) {
    const base = typeof onto === 'string' ? emptyModel(onto) : onto
    const graph = graphOf(base)
    this.model = {
      ...base,
      graph: {
        ...graph,
        nodes: [...graph.nodes],
        initializers: [...graph.initializers],
        inputs: [...graph.inputs],
        outputs: [...graph.outputs],
      },
    }
    this.taken = new Set([
      ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
      ...[...graph.initializers, ...graph.inputs].map(({ name }) => name),
    ])
  }

  /** A value name that is not in use yet: `wanted`, or `wanted_2`, `wanted_3`… */
  unique(wanted: string): string {
    let name = wanted
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}_${n}`
    this.taken.add(name)
    return name
  }

  /** Declares a graph input; a string dimension is a free one. */
  input(name: string, elemType: number, dims: readonly (number | string)[]): string {
    this.model.graph.inputs.push(valueInfo(this.unique(name), elemType, dims))
    return name
  }

  output(name: string, elemType: number, dims: readonly (number | string)[]): void {
    this.model.graph.outputs.push(valueInfo(name, elemType, dims))
  }

  /** Declares a graph input whose name is in use already, or was made unique. */
  declareInput(info: ValueInfo): void {
    this.model.graph.inputs.push(info)
  }

  declareOutput(info: ValueInfo): void {
    this.model.graph.outputs.push(info)
  }

  constant(wanted: string, type: number, dims: readonly number[], rawData: Uint8Array): string {
    const tensor: Tensor = { name: this.unique(wanted), dims: [...dims], dataType: type, rawData }
    this.model.graph.initializers.push(tensor)
    return tensor.name
  }

  floats(
    wanted: string,
    values: ArrayLike<number>,
    dims: readonly number[] = [values.length],
  ): string {
    return this.constant(wanted, dataType.float, dims, bytesOf(Float32Array.from(values)))
  }

  int64s(wanted: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, (value) => BigInt(value))
    return this.constant(wanted, dataType.int64, [values.length], bytesOf(data))
  }

  /** A float32 without axes. */
  scalar(wanted: string, value: number): string {
    return this.floats(wanted, [value], [])
  }

  /** Adds a node with one output, called `output` (made unique). */
  node(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    return this.nodeInto(opType, inputs, this.unique(output), attributes)
  }

  /** Adds a node that makes a value which others read by that very name. */
  nodeInto(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    this.model.graph.nodes.push(nodeOf(opType, inputs, output, attributes))
    return output
  }

  /** Reduces axes away: since operator set 18 they are an input, before they were an attribute. */
  reduce(
    opType: 'ReduceMax' | 'ReduceMean' | 'ReduceL2',
    value: string,
    axes: readonly number[],
    output: string,
    keepdims: 0 | 1 = 0,
  ): string {
    if (opsetOf(this.model) < 18) return this.node(opType, [value], output, { axes, keepdims })
    return this.node(opType, [value, this.int64s(`${output}_axes`, axes)], output, { keepdims })
  }

  /** The name of a node's second output; gives it one if it has none. */
  secondOutput(node: Node, wanted: string): string {
    const at = this.model.graph.nodes.findIndex(({ outputs }) => outputs[0] === node.outputs[0])
    const current = this.model.graph.nodes[at]
    if (current === undefined) throw new RangeError(`Expected ${node.name} in the graph`)
    const [first = '', second = ''] = current.outputs
    const name = second === '' ? this.unique(wanted) : second
    this.model.graph.nodes[at] = { ...current, outputs: [first, name] }
    return name
  }

  build(): Model {
    return this.model
  }
}

const emptyModel = (name: string): Model => ({
  irVersion,
  producerName: 'latent',
  producerVersion: '1',
  opsets: [{ domain: '', version: opsetVersion }],
  metadata: [],
  graph: { name, nodes: [], initializers: [], inputs: [], outputs: [], valueInfos: [] },
})

/** The bytes under a typed array, which are little-endian on every platform Latent runs on. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

/** A node of ai.onnx with one output. */
export const nodeOf = (
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
): Node => ({
  name: `${opType}:${output}`,
  opType,
  domain: '',
  inputs: [...inputs],
  outputs: [output],
  attributes: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
})

export function attribute(name: string, value: AttributeValue): Attribute {
  const base = { name, f: 0, i: 0, s: new Uint8Array(), floats: [], ints: [] }
  if (typeof value === 'string') {
    return { ...base, type: attributeType.string, s: new TextEncoder().encode(value) }
  }
  if (typeof value === 'number') return { ...base, type: attributeType.int, i: value }
  if ('float' in value) return { ...base, type: attributeType.float, f: value.float }
  return { ...base, type: attributeType.ints, ints: [...value] }
}

/** Declares a tensor; a string dimension is a free one. */
export function valueInfo(
  name: string,
  elemType: number,
  dims: readonly (number | string)[],
): ValueInfo {
  const shape = {
    dims: dims.map((dim) =>
      typeof dim === 'number' ? { value: dim, param: '' } : { value: 0, param: dim },
    ),
  }
  return { name, type: { tensor: { elemType, shape } } }
}
