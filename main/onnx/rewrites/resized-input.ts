// Lets a fully convolutional piece of a graph take pictures of another size.

import { graphOf } from '../graph.ts'
import { valueInfo } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'

/**
 * Declares another size of a picture input [N, channels, sidePx, sidePx]; shapes inside follow.
 *
 * @param input its only input, float32
 * @param output its only output
 * @returns undefined when the output would not follow the picture: it needs the old size
 */
export function resizedInput(
  model: Model,
  input: string,
  output: string,
  sidePx: number,
): Model | undefined {
  const graph = graphOf(model)
  const [, channels] = graph.inputs[0]?.type?.tensor?.shape?.dims ?? []
  if (graph.inputs[0]?.name !== input || channels === undefined) return undefined
  const resized: Model = {
    ...model,
    graph: {
      ...graph,
      inputs: [valueInfo(input, dataType.float, ['N', channels.value, sidePx, sidePx])],
      outputs: [{ name: output, type: { tensor: { elemType: dataType.float } } }],
      valueInfos: [],
    },
  }
  const shape = inferShapes(resized).get(output)?.shape
  const followed = shape?.length === 4 && shape.every((size, axis) => axis === 0 || known(size))
  if (!followed) return undefined
  const outputs = [valueInfo(output, dataType.float, ['N', ...shape.slice(1).map(Number)])]
  return { ...resized, graph: { ...graphOf(resized), outputs } }
}

const known = (size: unknown): boolean => typeof size === 'number' && size >= 1
