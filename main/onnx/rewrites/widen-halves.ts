// Writes a network of half floats in floats: CPUs compute in these, and so do most graphics devices.
import { graphOf } from '../graph.ts'
import { bytesOf } from '../graph-builder.ts'
import {
  type Attribute,
  dataType,
  type Model,
  type Node,
  type Tensor,
  type ValueInfo,
} from '../model.ts'
import { numbersOf } from '../tensor-data.ts'

const halves: ReadonlySet<number> = new Set([dataType.float16, dataType.bfloat16])

/**
 * Every constant, cast, input and output of half floats (IEEE 754 binary16, bfloat16) becomes one of
 * float32; numbers stay what they are. A model without any stays as it is.
 */
export function widenHalves(model: Model): Model {
  const graph = graphOf(model)
  if (!hasHalves(model)) return model
  return {
    ...model,
    graph: {
      ...graph,
      initializers: graph.initializers.map(widened),
      nodes: graph.nodes.map((node) => ({ ...node, attributes: attributesOf(node) })),
      inputs: graph.inputs.map(widenedInfo),
      outputs: graph.outputs.map(widenedInfo),
      valueInfos: graph.valueInfos.map(widenedInfo),
    },
  }
}

/** Whether a network computes in half floats anywhere. */
export function hasHalves(model: Model): boolean {
  const { initializers, nodes, inputs } = graphOf(model)
  return (
    initializers.some(({ dataType: type }) => halves.has(type)) ||
    inputs.some(({ type }) => halves.has(type?.tensor?.elemType ?? 0)) ||
    nodes.some((node) => node.attributes.some((attribute) => isHalf(node, attribute)))
  )
}

function isHalf({ opType }: Node, { name, i, t }: Attribute): boolean {
  return t === undefined
    ? opType === 'Cast' && name === 'to' && halves.has(i)
    : halves.has(t.dataType)
}

const attributesOf = (node: Node): Attribute[] =>
  node.attributes.map((attribute) => {
    if (!isHalf(node, attribute)) return attribute
    const { t } = attribute
    return t === undefined ? { ...attribute, i: dataType.float } : { ...attribute, t: widened(t) }
  })

function widened(tensor: Tensor): Tensor {
  if (!halves.has(tensor.dataType)) return tensor
  const rawData = bytesOf(Float32Array.from(numbersOf(tensor)))
  return { ...tensor, dataType: dataType.float, rawData }
}

function widenedInfo(info: ValueInfo): ValueInfo {
  const tensor = info.type?.tensor
  if (tensor === undefined || !halves.has(tensor.elemType)) return info
  return { ...info, type: { ...info.type, tensor: { ...tensor, elemType: dataType.float } } }
}
