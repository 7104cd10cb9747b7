// Grad-CAM (Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391, equations 1 and 2).
import { oneHotLogit } from '../../onnx/gradient/cotangents.ts'
import { gradientGraph, gradientName } from '../../onnx/gradient/gradient-graph.ts'
import { cutAt } from '../../onnx/rewrites/cut.ts'
import { CallError } from '../calls.ts'
import type { Network } from '../network.ts'
import type { AttributionMap } from './attribute.ts'

/**
 * Weighs a layer's maps A_k by the mean gradient of the class's logit: relu(sum_k mean(dy/dA_k) A_k).
 *
 * @param pixels sRGB uint8 [side, side, 3]
 * @returns at the layer's resolution, 0 and up
 * @throws CallError `bad-request` when the layer has no positions
 */
export async function gradCam(
  network: Network,
  pixels: Uint8Array,
  classIndex: number,
  layer: string,
): Promise<AttributionMap> {
  const { info, value } = network.layer(layer)
  const { channels, heightPx, widthPx } = info
  const area = heightPx * widthPx
  if (area === 1) {
    throw new CallError(
      'bad-request',
      `${layer} does not know where things are: choose an earlier layer.`,
    )
  }
  const side = network.spec.inputSizePx
  const forward = await network.partSession(value)
  const maps = (await forward.run({ pixels: { data: pixels, dims: [1, side, side, 3] } }))[value]
  const backward = await network.session(`gradient of the logits to ${value}`, () => {
    const cut = cutAt(network.model, { inputs: [value], outputs: [network.end] })
    return gradientGraph(cut, { of: network.end, withRespectTo: [value] }).model
  })
  if (maps === undefined) throw new Error(`Expected the maps of ${layer} but received none`)
  const wanted = gradientName(value)
  const outputs = await backward.run(
    { [value]: maps, cotangent: oneHotLogit(network.logitsShape, classIndex) },
    [wanted],
  )
  const gradient = outputs[wanted]?.data ?? new Float32Array()
  const values = new Float32Array(area)
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * area
    let weight = 0
    for (let i = start; i < start + area; i++) weight += gradient[i] ?? 0
    weight /= area
    for (let i = 0; i < area; i++) {
      values[i] = (values[i] ?? 0) + weight * (maps.data[start + i] ?? 0)
    }
  }
  return { heightPx, widthPx, values: values.map((sum) => Math.max(sum, 0)) }
}
