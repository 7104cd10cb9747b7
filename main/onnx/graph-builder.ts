// Builds an ONNX graph node by node; every method returns the name of the value it made.
import { type Attribute, attributeType, dataType, type Model, type Tensor } from './model.ts'

export type AttributeValue = number | string | readonly number[]

/** ai.onnx operator set that Latent writes; IR 8 goes with it and every ORT since 1.11 reads it. */
const opsetVersion = 17
const irVersion = 8

/** Collects nodes and constants; `build()` closes the graph. */
export class GraphBuilder {
  private readonly model: Required<Model>
  private readonly taken = new Set<string>()

  constructor(name: string) {
    this.model = {
      irVersion,
      producerName: 'latent',
      producerVersion: '1',
      opsets: [{ domain: '', version: opsetVersion }],
      metadata: [],
      graph: { name, nodes: [], initializers: [], inputs: [], outputs: [], valueInfos: [] },
    }
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

  constant(wanted: string, type: number, dims: readonly number[], rawData: Uint8Array): string {
    const tensor: Tensor = { name: this.unique(wanted), dims: [...dims], dataType: type, rawData }
    this.model.graph.initializers.push(tensor)
    return tensor.name
  }

  floats(
    wanted: string,
    values: readonly number[],
    dims: readonly number[] = [values.length],
  ): string {
    return this.constant(wanted, dataType.float, dims, bytesOf(Float32Array.from(values)))
  }

  int64s(wanted: string, values: readonly number[]): string {
    const data = BigInt64Array.from(values, (value) => BigInt(value))
    return this.constant(wanted, dataType.int64, [values.length], bytesOf(data))
  }

  /** Adds a node with one output, called `output` (made unique). */
  node(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = this.unique(output)
    this.model.graph.nodes.push({
      name: `${opType}:${name}`,
      opType,
      domain: '',
      inputs: [...inputs],
      outputs: [name],
      attributes: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    })
    return name
  }

  build(): Model {
    return this.model
  }
}

/** The bytes under a typed array, which are little-endian on every platform Latent runs on. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

function attribute(name: string, value: AttributeValue): Attribute {
  const base = { name, f: 0, i: 0, s: new Uint8Array(), floats: [], ints: [] }
  if (typeof value === 'string') {
    return { ...base, type: attributeType.string, s: new TextEncoder().encode(value) }
  }
  if (typeof value === 'number') return { ...base, type: attributeType.int, i: value }
  return { ...base, type: attributeType.ints, ints: [...value] }
}

function valueInfo(name: string, elemType: number, dims: readonly (number | string)[]) {
  const shape = {
    dims: dims.map((dim) =>
      typeof dim === 'number' ? { value: dim, param: '' } : { value: 0, param: dim },
    ),
  }
  return { name, type: { tensor: { elemType, shape } } }
}
