// Rewrites a text network so that it gives one vector of unit length for each text.
import { graphOf } from '../onnx/graph.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { dataType, type Model } from '../onnx/model.ts'
import { cutAt } from '../onnx/rewrites/cut.ts'
import { makeBatchDynamic } from '../onnx/rewrites/dynamic-batch.ts'
import { raiseOpset } from '../onnx/rewrites/raise-opset.ts'
import { inferShapes } from '../onnx/shapes/infer-shapes.ts'

const leastOpset = 13

export interface PreparedTextTower {
  readonly model: Model
  /** Name of the vector, float32 [N, dim], of unit length. */
  readonly output: string
}

/**
 * Cuts off whatever else the graph does (of a graph that takes pictures as well: their side).
 *
 * @throws GraphError, OpsetError naming what stands in the way
 */
export function prepareTextTower(
  source: Model,
  { value, dim }: { readonly value: string; readonly dim: number },
): PreparedTextTower {
  const cut = cutAt(source, { inputs: [], outputs: [value] })
  const model = makeBatchDynamic(raiseOpset(cut, leastOpset))
  const isFloat = inferShapes(model).get(value)?.elemType === dataType.float
  const builder = new GraphBuilder({ ...model, graph: { ...graphOf(model), outputs: [] } })
  const floats = isFloat
    ? value
    : builder.node('Cast', [value], `${value}_float`, { to: dataType.float })
  const norm = builder.reduce('ReduceL2', floats, [1], 'text_norm', 1)
  const bounded = builder.node('Max', [norm, builder.floats('least_norm', [1e-12])], 'bounded_norm')
  const output = builder.node('Div', [floats, bounded], 'text_embedding')
  builder.output(output, dataType.float, ['N', dim])
  return { model: builder.build(), output }
}
