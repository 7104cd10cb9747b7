// A float network in half floats, as converters write it; for tests.
import { halvesOf } from '../../atlas/vectors/half-bits.ts'
import { graphOf } from '../graph.ts'
import { bytesOf } from '../graph-builder.ts'
import { dataType, type Model, type ValueInfo } from '../model.ts'
import { numbersOf } from '../tensor-data.ts'

/** Constants, input and outputs become half floats. */
export function inHalves(model: Model): Model {
  const graph = graphOf(model)
  const narrowed = (info: ValueInfo): ValueInfo => {
    const tensor = info.type?.tensor
    if (tensor?.elemType !== dataType.float) return info
    return { ...info, type: { ...info.type, tensor: { ...tensor, elemType: dataType.float16 } } }
  }
  return {
    ...model,
    graph: {
      ...graph,
      inputs: graph.inputs.map(narrowed),
      outputs: graph.outputs.map(narrowed),
      initializers: graph.initializers.map((tensor) =>
        tensor.dataType === dataType.float
          ? {
              ...tensor,
              dataType: dataType.float16,
              rawData: bytesOf(halvesOf(Float32Array.from(numbersOf(tensor)))),
            }
          : tensor,
      ),
    },
  }
}
