// Makes a picture for a direction of a layer (Carter et al. 2019, "Exploring Neural Networks with
// Activation Atlases", https://distill.pub/2019/activation-atlas).
import type { GraphSession } from '../../engine/graph-session.ts'
import { gradientName } from '../../onnx/gradient/gradient-graph.ts'
import { CallError } from '../calls.ts'
import type { Network } from '../network.ts'
import type { DirectionDreamRequest, StepProgress } from '../protocol.ts'
import { AdamAscent } from './adam.ts'
import { type AffineSizes, sample, sampleAdjoint, viewOf } from './affine.ts'
import { climbTowards, cosines } from './direction-objective.ts'
import type { DreamView } from './dream.ts'
import { firstSpectrum, Painter, rasterOf } from './painter.ts'
import { randomFrom } from './random.ts'

/** Shares of the picture's side. */
const marginShare = 0.05
const mostZoom = 0.1
const mostAngle = (5 * Math.PI) / 180
const learningRate = 0.1
const background = 0.5

/**
 * The same request gives the same picture on the same machine.
 *
 * @returns with the greatest cosine of a position as `activation`
 * @throws CallError when the direction does not fit the layer or points nowhere, the signal's reason
 */
export async function directionDream(
  network: Network,
  { layer, direction, sidePx, steps, seed }: DirectionDreamRequest,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<DreamView> {
  const { value, info } = network.layer(layer)
  const length = Math.hypot(...direction)
  if (direction.length !== info.channels || !(length > 0)) {
    throw new CallError('bad-request', `This is no direction of ${layer}.`)
  }
  const unit = direction.map((part) => part / length)
  const seen = await seeing(network, value, sidePx)
  const marginPx = Math.ceil(seen.sidePx * marginShare)
  const sizes: AffineSizes = {
    channels: 3,
    outputSidePx: seen.sidePx,
    sourceSidePx: seen.sidePx + 2 * marginPx,
  }
  const painter = await Painter.create(sizes.sourceSidePx)
  try {
    const random = randomFrom(seed)
    const spectrum = firstSpectrum(painter.size, random)
    const adam = new AdamAscent(spectrum.length, learningRate)
    const between = (most: number): number => (random() * 2 - 1) * most
    const dims = [1, 3, seen.sidePx, seen.sidePx]
    for (let step = 0; step < steps; step++) {
      signal.throwIfAborted()
      const image = await painter.paint(spectrum)
      const view = viewOf(
        sizes,
        between(mostAngle),
        1 + between(mostZoom),
        between(marginPx),
        between(marginPx),
      )
      const input = { data: network.fromRgb(sample(image, view, sizes, background)), dims }
      const map = (await seen.forward.run({ [network.normalised]: input }))[value]
      if (map === undefined) throw new Error(`Expected the maps of ${layer} but received none`)
      const cotangent = { data: climbTowards(unit, map.data), dims: map.dims }
      const wanted = gradientName(network.normalised)
      const back = await seen.backward.run({ [network.normalised]: input, cotangent }, [wanted])
      const slope = network.slopeToRgb(back[wanted]?.data ?? new Float32Array())
      adam.step(spectrum, await painter.gradient(spectrum, sampleAdjoint(slope, view, sizes)))
      progress({ done: step + 1, total: steps })
    }
    const image = await painter.paint(spectrum)
    const visible = sample(image, viewOf(sizes, 0, 1, 0, 0), sizes, background)
    // Measured on the very pixels that are shown.
    const raster = rasterOf(visible, seen.sidePx)
    const shown = visible.map((part) => Math.round(part * 255) / 255)
    const map = await seen.forward.run({
      [network.normalised]: { data: network.fromRgb(shown), dims },
    })
    const reached = cosines(unit, map[value]?.data ?? new Float32Array())
    return { step: steps, activation: reached.reduce((a, b) => Math.max(a, b), -1), raster }
  } finally {
    await painter.dispose()
  }
}

interface Seeing {
  readonly sidePx: number
  readonly forward: GraphSession
  readonly backward: GraphSession
}

/** At the wanted size, or at the network's own where a layer on the way takes no other. */
async function seeing(network: Network, value: string, sidePx: number): Promise<Seeing> {
  const { inputSizePx } = network.spec
  for (const side of [Math.min(sidePx, inputSizePx), inputSizePx]) {
    const forward = await network.atSize(value, side)
    const backward = forward && (await network.gradientAtSize(value, side))
    if (forward && backward) return { sidePx: side, forward, backward }
  }
  throw new CallError('bad-request', 'This layer cannot be dreamt of.')
}
