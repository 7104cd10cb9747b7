// Lets a graph that was exported for one picture take any number.
import { constantTensor } from '../constants.ts'
import { GraphError, type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model, type Node, type ValueInfo } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import { numbersOf } from '../tensor-data.ts'
import { outputInfo } from './taps.ts'

/** Name of the free axis, as in the models that Latent writes. */
const batchName = 'N'

/**
 * Frees the first axis of every graph input. Reshapes whose constant target begins with the old
 * batch copy that axis from their input instead. A free batch stays as it is.
 *
 * @throws GraphError when an output's first axis would still be fixed
 */
export function makeBatchDynamic(model: Model): Model {
  const index = indexGraph(graphOf(model))
  const given = new Set(index.inputs)
  const batches = index.graph.inputs
    .filter(({ name }) => given.has(name))
    .map((info) => info.type?.tensor?.shape?.dims[0])
  const fixed = batches.find((dim) => dim !== undefined && dim.param === '')
  if (fixed === undefined) return model
  const batch = Math.max(fixed.value, 1)
  const builder = new GraphBuilder(model)
  const flowing = dependsOnInputs(index)
  const nodes = index.nodes.map((node) =>
    node.opType === 'Reshape' && flowing.has(node.inputs[0] ?? '')
      ? copyingBatch(node, batch, index, builder)
      : node,
  )
  const built = graphOf(builder.build())
  const graph = {
    ...built,
    nodes,
    inputs: built.inputs.filter(({ name }) => given.has(name)).map(freed),
    outputs: built.outputs.map(({ name, type }) => ({
      name,
      ...(type?.tensor === undefined
        ? {}
        : { type: { tensor: { elemType: type.tensor.elemType } } }),
    })),
    valueInfos: [],
  }
  return declaringOutputs({ ...model, graph }, batch)
}

function freed(info: ValueInfo): ValueInfo {
  const tensor = info.type?.tensor
  const dims = tensor?.shape?.dims
  if (tensor === undefined || dims === undefined || dims.length === 0) return info
  const free = [{ value: 0, param: batchName }, ...dims.slice(1)]
  return { ...info, type: { tensor: { ...tensor, shape: { dims: free } } } }
}

/** Values computed from the inputs, not from constants or shapes alone. */
function dependsOnInputs(index: GraphIndex): ReadonlySet<string> {
  const found = new Set(index.inputs)
  for (const { opType, inputs, outputs } of index.nodes) {
    if (opType === 'Shape') continue
    if (inputs.some((input) => found.has(input))) for (const output of outputs) found.add(output)
  }
  return found
}

/** A target length of 0 stands for the input's own. */
function copyingBatch(node: Node, batch: number, index: GraphIndex, builder: GraphBuilder): Node {
  const target = constantTensor(index, node.inputs[1] ?? '')
  if (target?.dataType !== dataType.int64) return node
  const [first, ...rest] = numbersOf(target)
  if (first !== batch) return node
  const shape = builder.int64s(`${node.outputs[0]}_shape`, [0, ...rest])
  return { ...node, inputs: [node.inputs[0] ?? '', shape] }
}

function declaringOutputs(model: Model, batch: number): Model {
  const graph = graphOf(model)
  const known = inferShapes(model)
  const outputs = graph.outputs.map(({ name }) => {
    const found = known.get(name)
    if (found?.shape?.[0] === batch) {
      throw new GraphError(`Expected ${name} to follow the batch but it stays at ${batch}`)
    }
    return outputInfo(name, found)
  })
  return { ...model, graph: { ...graph, outputs } }
}
