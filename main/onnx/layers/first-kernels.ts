// The filters that look at the picture itself.
import { intAttribute } from '../attributes.ts'
import { floatConstant } from '../constants.ts'
import { graphOf, indexGraph } from '../graph.ts'
import type { Model } from '../model.ts'
import { windowOf } from '../shapes/window.ts'

export interface FirstKernels {
  /** [count, channels, height, width], in the order of the channels that the network is fed. */
  readonly weights: Float32Array
  readonly count: number
  readonly channels: number
  readonly height: number
  readonly width: number
  readonly bias: Float32Array | undefined
  /** Value that the kernels slide over, [N, channels, H, W]. */
  readonly input: string
  /** Response before any activation: weights * patch + bias. */
  readonly response: string
  readonly strideY: number
  readonly strideX: number
  readonly padTop: number
  readonly padLeft: number
}

/**
 * The first convolution over a picture of one or three channels; quantised weights come as floats.
 *
 * @returns undefined when the network has none
 * @throws GraphError when no order of the nodes exists
 */
export function firstKernels(model: Model): FirstKernels | undefined {
  const index = indexGraph(graphOf(model))
  for (const node of index.nodes) {
    if (node.opType !== 'Conv' || intAttribute(node, 'group', 1) !== 1) continue
    const [input = '', weightsName = '', biasName = ''] = node.inputs
    const weights = floatConstant(index, weightsName)
    const [count = 0, channels = 0, height = 0, width = 0] = weights?.dims ?? []
    if (weights === undefined || (channels !== 1 && channels !== 3)) continue
    // Only pads that depend on the picture's size (auto_pad) stay out.
    const window = windowOf(node, [height, width], [undefined, undefined])
    return {
      weights: weights.data,
      count,
      channels,
      height,
      width,
      bias: floatConstant(index, biasName)?.data,
      input,
      response: node.outputs[0] ?? '',
      strideY: window?.[0]?.stride ?? 1,
      strideX: window?.[1]?.stride ?? 1,
      padTop: window?.[0]?.padBegin ?? 0,
      padLeft: window?.[1]?.padBegin ?? 0,
    }
  }
  return undefined
}
