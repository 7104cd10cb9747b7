// How many floating-point operations a network's layers take for one photo.
import { graphOf, indexGraph } from '../../main/onnx/graph.ts'
import type { Model } from '../../main/onnx/model.ts'
import { inferShapes } from '../../main/onnx/shapes/infer-shapes.ts'
import type { Shape } from '../../main/onnx/shapes/shape.ts'

/** Two for each multiplication with a weight: of convolutions and dense layers, by their outputs. */
export function operationsOf(model: Model): number {
  const index = indexGraph(graphOf(model))
  const known = inferShapes(model, index)
  let operations = 0
  for (const { opType, inputs, outputs } of index.nodes) {
    if (opType !== 'Conv' && opType !== 'Gemm' && opType !== 'MatMul') continue
    const weights = known.get(inputs[1] ?? '')?.shape ?? []
    const [, ...output] = known.get(outputs[0] ?? '')?.shape ?? []
    const product = (sizes: Shape): number =>
      sizes.reduce<number>((all, size) => all * (typeof size === 'number' ? size : 1), 1)
    // Of a convolution: every position once, times the whole of its kernels.
    const positions = opType === 'Conv' ? product(output.slice(1)) : 1
    operations += 2 * positions * product(weights)
  }
  return operations
}
