// Constants of a graph as floats, wherever exporters put them.
import { intAttribute } from './attributes.ts'
import type { GraphIndex } from './graph.ts'
import type { Tensor } from './model.ts'
import { elementCount, numbersOf } from './tensor-data.ts'

export interface FloatConstant {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** The tensor that a name stands for: an initializer or the value of a Constant node. */
export function constantTensor(index: GraphIndex, name: string): Tensor | undefined {
  const initializer = index.initializers.get(name)
  if (initializer !== undefined) return initializer
  const node = index.producers.get(name)
  if (node?.opType === 'Identity') return constantTensor(index, node.inputs[0] ?? '')
  if (node?.opType !== 'Constant') return undefined
  return node.attributes.find((attribute) => attribute.name === 'value')?.t
}

/** A constant as floats; quantised weights are dequantised: (q - zeroPoint) * scale. */
export function floatConstant(index: GraphIndex, name: string): FloatConstant | undefined {
  const tensor = constantTensor(index, name)
  if (tensor !== undefined) {
    return { data: Float32Array.from(numbersOf(tensor)), dims: tensor.dims }
  }
  const node = index.producers.get(name)
  if (node?.opType !== 'DequantizeLinear') return undefined
  const [integers, scale, zero] = node.inputs.map((input) => constantTensor(index, input))
  if (integers === undefined || scale === undefined) return undefined
  const scales = numbersOf(scale)
  const zeros = zero === undefined ? new Float64Array() : numbersOf(zero)
  const axis = intAttribute(node, 'axis', 1)
  const inner = elementCount(integers.dims.slice(axis + 1))
  const data = Float32Array.from(numbersOf(integers), (q, i) => {
    const slice = scales.length === 1 ? 0 : Math.floor(i / inner) % scales.length
    return (q - (zeros[slice] ?? 0)) * (scales[slice] ?? 0)
  })
  return { data, dims: integers.dims }
}
