// Makes the picture that a unit likes best (Olah et al. 2017, "Feature Visualization",
// https://distill.pub/2017/feature-visualization): gradient ascent in a decorrelated Fourier basis,
// on views that are shifted, scaled and turned a little each step.
import type { Raster } from '../../engine/protocol.ts'
import { type Cotangent, channelMean } from '../../onnx/gradient/cotangents.ts'
import { gradientName } from '../../onnx/gradient/gradient-graph.ts'
import { CallError } from '../calls.ts'
import type { Network, TappedLayer } from '../network.ts'
import type { DreamRequest } from '../protocol.ts'
import { AdamAscent } from './adam.ts'
import { type AffineSizes, sample, sampleAdjoint, viewOf } from './affine.ts'
import { firstSpectrum, Painter, rasterOf } from './painter.ts'
import { randomFrom } from './random.ts'

/** Room around the visible picture for the views to move in. */
const marginPx = 12
const mostShiftPx = 12
const mostZoom = 0.1
const mostAngle = (5 * Math.PI) / 180
const learningRate = 0.05
const pictureEveryMs = 500
const background = 0.5
/** Weight of the even part of the positions next to 1 for the part by activation. */
const evenShare = 0.2

export interface DreamView {
  readonly step: number
  /** The unit's greatest activation on the picture. */
  readonly activation: number
  readonly raster: Raster
}

/**
 * The same request gives the same picture on the same machine.
 *
 * @param progress called with a picture about every half second
 * @throws CallError when the unit does not exist or does not respond to anything, the signal's reason
 */
export async function dream(
  network: Network,
  { layer, channel, steps, seed }: DreamRequest,
  signal: AbortSignal,
  progress: (picture: DreamView) => void,
): Promise<DreamView> {
  const target = network.layer(layer)
  if (channel >= target.info.channels) {
    throw new CallError('not-found', `${layer} has no unit ${channel}.`)
  }
  const sizes: AffineSizes = {
    channels: 3,
    outputSidePx: network.spec.inputSizePx,
    sourceSidePx: network.spec.inputSizePx + 2 * marginPx,
  }
  const painter = await Painter.create(sizes.sourceSidePx)
  try {
    const random = randomFrom(seed)
    const spectrum = firstSpectrum(painter.size, random)
    const adam = new AdamAscent(spectrum.length, learningRate)
    const between = (most: number): number => (random() * 2 - 1) * most
    let shownAt = performance.now()
    let map: Float32Array | undefined
    for (let step = 0; step < steps; step++) {
      signal.throwIfAborted()
      const image = await painter.paint(spectrum)
      if (performance.now() - shownAt > pictureEveryMs) {
        progress(await pictureOf(network, target, channel, step, image, sizes))
        shownAt = performance.now()
      }
      const view = viewOf(
        sizes,
        between(mostAngle),
        1 + between(mostZoom),
        between(mostShiftPx),
        between(mostShiftPx),
      )
      const seen = sample(image, view, sizes, background)
      const climb = await climbFrom(network, target, channel, seen, map)
      map = climb.map
      const slope = sampleAdjoint(climb.slope, view, sizes)
      adam.step(spectrum, await painter.gradient(spectrum, slope))
    }
    const image = await painter.paint(spectrum)
    return await pictureOf(network, target, channel, steps, image, sizes)
  } finally {
    await painter.dispose()
  }
}

/**
 * What the unit computes of a view, and the gradient of its weighted mean activation to what it
 * sees. Positions weigh by what they had in the step before, on top of an even part: so all of the
 * picture is drawn, and the strongest places grow strongest (DeepDream's mean of squares, one step
 * late). A unit that was silent everywhere is woken by what it computes before its ReLU, whose
 * gradient would be zero.
 *
 * @param seen RGB in 0..1, [3, side, side]
 * @param before the unit's map in the step before, [H, W]
 */
async function climbFrom(
  network: Network,
  { value, shape }: TappedLayer,
  channel: number,
  seen: Float32Array,
  before: Float32Array | undefined,
): Promise<{ slope: Float32Array; map: Float32Array }> {
  const side = network.spec.inputSizePx
  const isSilent = before?.every((activation) => activation <= 0) === true
  const session = await (isSilent ? network.silentGradient(value) : network.inputGradient(value))
  const wanted = gradientName(network.normalised)
  const inputs = {
    [network.normalised]: { data: network.fromRgb(seen), dims: [1, 3, side, side] },
    cotangent: weighted(channelMean(shape, channel), channel, before),
  }
  const outputs = await session.run(inputs, [wanted, value])
  const slope = network.slopeToRgb(outputs[wanted]?.data ?? new Float32Array())
  return { slope, map: channelOf(outputs[value]?.data ?? new Float32Array(), channel, shape) }
}

function weighted(mean: Cotangent, channel: number, before: Float32Array | undefined): Cotangent {
  const sum = before?.reduce((total, value) => total + Math.max(value, 0), 0) ?? 0
  if (before === undefined || sum === 0) return mean
  const data = mean.data.slice()
  before.forEach((value, i) => {
    data[channel * before.length + i] = evenShare / before.length + Math.max(value, 0) / sum
  })
  return { ...mean, data }
}

function channelOf(
  values: Float32Array,
  channel: number,
  [, heightPx = 1, widthPx = 1]: readonly number[],
): Float32Array {
  const area = heightPx * widthPx
  return values.slice(channel * area, (channel + 1) * area)
}

async function pictureOf(
  network: Network,
  { value, shape }: TappedLayer,
  channel: number,
  step: number,
  image: Float32Array,
  sizes: AffineSizes,
): Promise<DreamView> {
  const side = sizes.outputSidePx
  const raster = rasterOf(sample(image, viewOf(sizes, 0, 1, 0, 0), sizes, background), side)
  const { pixels } = raster
  // Measured on the very pixels that are shown, as a photo's would be.
  const session = await network.partSession(value)
  const outputs = await session.run({ pixels: { data: pixels, dims: [1, side, side, 3] } })
  const map = channelOf(outputs[value]?.data ?? new Float32Array(), channel, shape)
  const activation = map.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return { step, activation, raster }
}
