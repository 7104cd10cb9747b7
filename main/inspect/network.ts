// One network, read and ready to be looked into: its layers, and sessions made when first needed.
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { LayerInfo } from '../../preload/contract/inspector.ts'
import { GraphSession } from '../engine/graph-session.ts'
import { decodeModel, encodeModel } from '../onnx/codec.ts'
import { gradientGraph } from '../onnx/gradient/gradient-graph.ts'
import { firstKernels } from '../onnx/layers/first-kernels.ts'
import { type Layer, listLayers, type NetworkLayers } from '../onnx/layers/list-layers.ts'
import type { Model } from '../onnx/model.ts'
import type { ReceptiveField } from '../onnx/receptive-field.ts'
import { beforeActivation } from '../onnx/rewrites/before-activation.ts'
import { cutAt } from '../onnx/rewrites/cut.ts'
import { resizedInput } from '../onnx/rewrites/resized-input.ts'
import { addTaps } from '../onnx/rewrites/taps.ts'
import { CallError } from './calls.ts'
import { type FirstLayer, rgbWeights } from './first-layer.ts'
import { kernelOrder } from './kernel-order.ts'
import type { NetworkFacts, NetworkSpec } from './protocol.ts'

/** A layer, or a step inside a block, with the value to tap. */
export interface TappedLayer {
  readonly info: LayerInfo
  readonly value: string
  /** Without the batch: [C, H, W] or [C]. */
  readonly shape: readonly number[]
  readonly field: ReceptiveField | undefined
}

export class Network {
  private readonly sessions = new Map<string, Promise<GraphSession>>()
  readonly layers: ReadonlyMap<string, TappedLayer>

  private constructor(
    readonly spec: NetworkSpec,
    readonly model: Model,
    readonly listed: NetworkLayers,
    /** The class scores, or what an encoder ends in. */
    readonly end: string,
    /** The picture as the first convolution sees it, float32 [N, 3, H, W]. */
    readonly normalised: string,
    readonly first: FirstLayer | undefined,
    private readonly colours: InputColours,
  ) {
    this.layers = new Map(listed.layers.flatMap((layer) => withInner(layer)))
  }

  /** @throws CallError `unsupported` when the network does not begin with a convolution */
  static async load(spec: NetworkSpec): Promise<Network> {
    const model = decodeModel(new Uint8Array(await readFile(spec.onnxPath)))
    const listed = listLayers(model)
    const kernels = firstKernels(model)
    if (kernels === undefined) {
      throw new CallError(
        'unsupported',
        `${spec.id} does not begin with a convolution, so it cannot be looked into.`,
      )
    }
    const colours = await inputColours(model, spec, kernels.input)
    const first: FirstLayer | undefined =
      kernels.channels === 3
        ? {
            count: kernels.count,
            heightPx: kernels.height,
            widthPx: kernels.width,
            strideY: kernels.strideY,
            strideX: kernels.strideX,
            padTop: kernels.padTop,
            padLeft: kernels.padLeft,
            weights: kernels.weights,
            biases: kernels.bias ?? new Float32Array(kernels.count),
            rgb: colours.channels,
          }
        : undefined
    const end = listed.logits ?? listed.layers.at(-1)?.value ?? ''
    return new Network(spec, model, listed, end, kernels.input, first, colours)
  }

  get facts(): NetworkFacts {
    const { layers, lastConvolutional, classCount } = this.listed
    const infos = layers.map(({ name }) => this.layer(name).info)
    return {
      parameterCount: infos.reduce((sum, { parameterCount }) => sum + parameterCount, 0),
      classCount: classCount ?? 0,
      layers: infos,
      lastSpatialLayer: lastConvolutional ?? '',
      penultimateLayer: this.penultimate.info.name,
      kernels: this.first === undefined ? null : this.kernels(this.first),
    }
  }

  /** Without the batch: [classCount], or [classCount, 1, 1] as convolutional heads have it. */
  get logitsShape(): readonly number[] {
    const layer = [...this.layers.values()].find(({ value }) => value === this.end)
    return layer?.shape ?? [this.listed.classCount ?? 0]
  }

  /** The layer that photos are compared by: as a rule the last before the class scores. */
  get penultimate(): TappedLayer {
    const named = this.layers.get(this.spec.embeddingLayer ?? '')
    if (named !== undefined) return named
    const { layers } = this.listed
    if (this.listed.logits === undefined) return this.layer(layers.at(-1)?.name ?? '')
    const at = layers.findIndex(({ value }) => value === this.end)
    return this.layer(layers[Math.max((at < 0 ? layers.length : at) - 1, 0)]?.name ?? '')
  }

  /** @throws CallError `not-found` naming the layer */
  layer(name: string): TappedLayer {
    const layer = this.layers.get(name)
    if (layer === undefined) {
      throw new CallError('not-found', `${this.spec.id} has no layer ${name}.`)
    }
    return layer
  }

  /** Layers, not their inner steps: what a look at a photo keeps. */
  get tapSession(): Promise<GraphSession> {
    const values = this.listed.layers.map(({ value }) => value)
    return this.session('taps', () => addTaps(this.model, [...values, this.normalised]))
  }

  /** From the picture to one value. */
  partSession(value: string): Promise<GraphSession> {
    return this.session(`part ${value}`, () => {
      const tapped = addTaps(this.model, [value])
      return cutAt(tapped, { inputs: [], outputs: [value] })
    })
  }

  /** Gradients of one value to the normalised picture, which is its input; see gradientGraph. */
  inputGradient(of: string): Promise<GraphSession> {
    return this.session(`gradient of ${of} to the picture`, () => {
      const tapped = addTaps(this.model, [of])
      const cut = cutAt(tapped, { inputs: [this.normalised], outputs: [of] })
      return gradientGraph(cut, { of, withRespectTo: [this.normalised] }).model
    })
  }

  /**
   * From the normalised picture to one value, for pictures of another size.
   *
   * @returns undefined where a layer on the way is made for one size only
   */
  async atSize(of: string, sidePx: number): Promise<GraphSession | undefined> {
    const model = this.resized(of, sidePx)
    return model && this.session(`${of} at ${sidePx}`, () => model)
  }

  /** The gradient of {@link atSize} to its input. */
  async gradientAtSize(of: string, sidePx: number): Promise<GraphSession | undefined> {
    const model = this.resized(of, sidePx)
    return (
      model &&
      this.session(
        `gradient of ${of} at ${sidePx}`,
        () => gradientGraph(model, { of, withRespectTo: [this.normalised] }).model,
      )
    )
  }

  private resized(of: string, sidePx: number): Model | undefined {
    const { normalised } = this
    const cut = cutAt(addTaps(this.model, [of]), { inputs: [normalised], outputs: [of] })
    const model = resizedInput(cut, normalised, of, sidePx)
    return sidePx === this.spec.inputSizePx ? cut : model
  }

  /** The same of what the units of a layer compute before their ReLU: it tells silent ones apart. */
  silentGradient(of: string): Promise<GraphSession> {
    return this.session(`gradient of silent ${of} to the picture`, () => {
      const tapped = addTaps(beforeActivation(this.model, of), [of])
      const cut = cutAt(tapped, { inputs: [this.normalised], outputs: [of] })
      return gradientGraph(cut, { of, withRespectTo: [this.normalised] }).model
    })
  }

  /**
   * The picture as the first convolution sees it.
   *
   * @param pixels sRGB uint8 [side, side, 3]
   * @returns float32 [3, side, side]
   */
  async normalise(pixels: Uint8Array): Promise<Float32Array> {
    const side = this.spec.inputSizePx
    const session = await this.partSession(this.normalised)
    const outputs = await session.run({ pixels: { data: pixels, dims: [1, side, side, 3] } })
    return outputs[this.normalised]?.data ?? new Float32Array()
  }

  /**
   * @param rgb in 0..1, [3, side, side]
   * @returns what the first convolution would see of it, [3, side, side]
   */
  fromRgb(rgb: Float32Array): Float32Array {
    const { channels, offsets, gains } = this.colours
    const area = rgb.length / 3
    const out = new Float32Array(rgb.length)
    channels.forEach((channel, colour) => {
      const [offset, gain] = [offsets[colour] ?? 0, gains[colour] ?? 0]
      for (let i = 0; i < area; i++) {
        out[channel * area + i] = offset + gain * (rgb[colour * area + i] ?? 0)
      }
    })
    return out
  }

  /** The adjoint of {@link fromRgb}: from a gradient to the input to one to the colours. */
  slopeToRgb(slope: Float32Array): Float32Array {
    const { channels, gains } = this.colours
    const area = slope.length / 3
    const out = new Float32Array(slope.length)
    channels.forEach((channel, colour) => {
      const gain = gains[colour] ?? 0
      for (let i = 0; i < area; i++) {
        out[colour * area + i] = gain * (slope[channel * area + i] ?? 0)
      }
    })
    return out
  }

  /** Any session over this network, made once and kept until the network is disposed of. */
  session(key: string, build: () => Model): Promise<GraphSession> {
    const known = this.sessions.get(key)
    if (known !== undefined) return known
    const made = openSession(build())
    this.sessions.set(key, made)
    made.catch(() => this.sessions.delete(key))
    return made
  }

  async dispose(): Promise<void> {
    const open = [...this.sessions.values()]
    this.sessions.clear()
    for (const session of open) await (await session).dispose()
  }

  private kernels(first: FirstLayer): NetworkFacts['kernels'] {
    const { count, heightPx, widthPx, strideX, biases } = first
    const weights = rgbWeights(first)
    return {
      layer: this.listed.layers[0]?.name ?? '',
      count,
      heightPx,
      widthPx,
      stridePx: strideX,
      weights,
      biases,
      blacks: this.colours.offsets,
      gains: this.colours.gains,
      order: kernelOrder({ count, heightPx, widthPx, weights }),
    }
  }
}

const openSession = (model: Model): Promise<GraphSession> =>
  GraphSession.create(encodeModel(model), { threads: availableParallelism() })

function withInner(layer: Layer): [string, TappedLayer][] {
  const inner = layer.inner.flatMap(withInner)
  const infos = layer.inner.map(({ name }) => inner.find(([known]) => known === name)?.[1].info)
  const info = infoOf(
    layer,
    infos.filter((found) => found !== undefined),
  )
  const shape = layer.shape ?? [1]
  return [[layer.name, { info, value: layer.value, shape, field: layer.field }], ...inner]
}

function infoOf(layer: Layer, inner: readonly LayerInfo[]): LayerInfo {
  const { name, kind, shape, parameterCount, field } = layer
  const [channels = 1, heightPx = 1, widthPx = 1] = shape ?? []
  return {
    name,
    kind,
    channels,
    heightPx,
    widthPx,
    parameterCount,
    ms: null,
    // Squares in, squares out: the two axes agree in every network that takes a square picture.
    receptiveField:
      field === undefined || heightPx * widthPx === 1
        ? null
        : { sizePx: field.x.sizePx, stridePx: field.x.jumpPx, startPx: field.x.startPx },
    inner,
  }
}

/** How the network is fed its colours; by colour, red first. */
interface InputColours {
  /** The network's channel for it. */
  readonly channels: readonly [number, number, number]
  /** What the channel holds for black. */
  readonly offsets: readonly [number, number, number]
  /** What full colour adds to it. */
  readonly gains: readonly [number, number, number]
}

/** Learns it by showing the network's first nodes black and pure colours. */
async function inputColours(
  model: Model,
  { inputSizePx: side }: NetworkSpec,
  normalised: string,
): Promise<InputColours> {
  const prefix = cutAt(addTaps(model, [normalised]), { inputs: [], outputs: [normalised] })
  const session = await openSession(prefix)
  const area = side * side
  const shown = async (colour: number | undefined): Promise<number[]> => {
    const pixels = new Uint8Array(area * 3)
    if (colour !== undefined) for (let i = colour; i < pixels.length; i += 3) pixels[i] = 255
    const outputs = await session.run({ pixels: { data: pixels, dims: [1, side, side, 3] } })
    const { data } = outputs[normalised] ?? { data: new Float32Array() }
    return [0, 1, 2].map((channel) => data[channel * area] ?? 0)
  }
  const black = await shown(undefined)
  const find = async (colour: number): Promise<[channel: number, offset: number, gain: number]> => {
    const full = await shown(colour)
    const changes = full.map((value, channel) => value - (black[channel] ?? 0))
    const channel = changes.reduce(
      (best, change, i) => (Math.abs(change) > Math.abs(changes[best] ?? 0) ? i : best),
      0,
    )
    return [channel, black[channel] ?? 0, changes[channel] ?? 0]
  }
  const [red, green, blue] = [await find(0), await find(1), await find(2)]
  await session.dispose()
  return {
    channels: [red[0], green[0], blue[0]],
    offsets: [red[1], green[1], blue[1]],
    gains: [red[2], green[2], blue[2]],
  }
}
