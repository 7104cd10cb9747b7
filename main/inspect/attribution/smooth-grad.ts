// SmoothGrad (Smilkov et al. 2017, https://arxiv.org/abs/1706.03825).
import { oneHotLogit } from '../../onnx/gradient/cotangents.ts'
import { gradientName } from '../../onnx/gradient/gradient-graph.ts'
import { normalFrom, randomFrom } from '../dream/random.ts'
import type { Network } from '../network.ts'
import type { StepProgress } from '../protocol.ts'
import type { AttributionMap } from './attribute.ts'

const samples = 16
/** Standard deviation of the noise as a share of the input's range; the paper finds 10-20 % best. */
const noiseLevel = 0.15
/** The same noise for every class, so that two labels can be compared. */
const noiseSeed = 1

/**
 * Gradient of the class's logit to the input, averaged over noisy copies of the picture; of each
 * pixel the largest magnitude among its colours.
 *
 * @param pixels sRGB uint8 [side, side, 3]
 * @returns [side, side], 0 and up
 */
export async function smoothGrad(
  network: Network,
  pixels: Uint8Array,
  classIndex: number,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<AttributionMap> {
  const side = network.spec.inputSizePx
  const area = side * side
  const clean = await network.normalise(pixels)
  const session = await network.inputGradient(network.end)
  const wanted = gradientName(network.normalised)
  const cotangent = oneHotLogit(network.logitsShape, classIndex)
  const normal = normalFrom(randomFrom(noiseSeed))
  const sigma = noiseLevel * rangeOf(clean)
  const sum = new Float32Array(3 * area)
  for (let sample = 0; sample < samples; sample++) {
    signal.throwIfAborted()
    progress({ done: sample, total: samples })
    const noisy = clean.map((value) => value + sigma * normal())
    const input = { data: noisy, dims: [1, 3, side, side] }
    const outputs = await session.run({ [network.normalised]: input, cotangent }, [wanted])
    outputs[wanted]?.data.forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + value
    })
  }
  const magnitude = (i: number): number => Math.abs(sum[i] ?? 0) / samples
  return {
    heightPx: side,
    widthPx: side,
    values: Float32Array.from({ length: area }, (_, i) =>
      Math.max(magnitude(i), magnitude(area + i), magnitude(2 * area + i)),
    ),
  }
}

function rangeOf(values: Float32Array): number {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return max - min
}
