// One photo inside the network: every layer's activations, kept as floats until the look ends.
import type { KernelReading, PointReading } from '../../preload/contract/inspector.ts'
import type { FloatTensor, GraphSession } from '../engine/graph-session.ts'
import { activationBytes, layerFigures } from './activations.ts'
import { CallError } from './calls.ts'
import { readKernel } from './first-layer.ts'
import type { Network, TappedLayer } from './network.ts'
import type { LayerAnswer } from './protocol.ts'
import { windowAt } from './receptive-window.ts'
import { softmax } from './softmax.ts'

export class Look {
  /** Steps inside blocks, computed when they are asked for. */
  private readonly inner = new Map<string, FloatTensor>()

  private constructor(
    private readonly network: Network,
    private readonly pixels: Uint8Array,
    private readonly outputs: Readonly<Record<string, FloatTensor>>,
    readonly inferMs: number,
  ) {}

  /** @param pixels sRGB uint8 [side, side, 3] */
  static async at(network: Network, pixels: Uint8Array): Promise<Look> {
    const session = await network.tapSession
    const start = performance.now()
    const wanted = [...network.listed.layers.map(({ value }) => value), network.normalised]
    const outputs = await run(network, session, pixels, wanted)
    return new Look(network, pixels, outputs, performance.now() - start)
  }

  /** [classCount]; empty for an encoder. */
  get logits(): Float32Array {
    const { logits } = this.network.listed
    return logits === undefined ? new Float32Array() : this.output(logits).data
  }

  get probabilities(): Float32Array {
    const { probabilities } = this.network.listed
    return probabilities === undefined ? softmax(this.logits) : this.output(probabilities).data
  }

  async layer(name: string): Promise<LayerAnswer> {
    const { info } = this.network.layer(name)
    const { data } = await this.values(name)
    const { bytes, ...byChannel } = activationBytes(data, info.channels)
    return {
      bytes,
      activations: {
        layer: name,
        channels: info.channels,
        heightPx: info.heightPx,
        widthPx: info.widthPx,
        ...byChannel,
        ...layerFigures({ bytes, ...byChannel }),
      },
    }
  }

  /** @throws CallError `bad-request` when the position lies outside the layer */
  async point(name: string, channel: number, x: number, y: number): Promise<PointReading> {
    const layer = this.network.layer(name)
    const { info } = layer
    checkPosition(info, channel, x, y)
    const { data } = await this.values(name)
    return {
      value: data[(channel * info.heightPx + y) * info.widthPx + x] ?? 0,
      window: windowAt(layer, this.network.spec.inputSizePx, x, y) ?? null,
    }
  }

  async kernelPoint(kernel: number, x: number, y: number): Promise<KernelReading> {
    const { first, facts, normalised, spec } = this.network
    if (first === undefined) throw new CallError('not-found', 'The network has no colour kernels.')
    const name = facts.kernels?.layer ?? ''
    const { value } = await this.point(name, kernel, x, y)
    const input = this.output(normalised).data
    return { ...readKernel(first, input, spec.inputSizePx, kernel, x, y), activation: value }
  }

  /** [C, H, W] or [C]; with a channel [H, W]. */
  async tensor(name: string, channel?: number): Promise<FloatTensor> {
    const { info } = this.network.layer(name)
    const { data, dims } = await this.values(name)
    if (channel === undefined) return { data, dims: dims.slice(1) }
    checkPosition(info, channel, 0, 0)
    const area = info.heightPx * info.widthPx
    return {
      data: data.slice(channel * area, (channel + 1) * area),
      dims: [info.heightPx, info.widthPx],
    }
  }

  private async values(name: string): Promise<FloatTensor> {
    const { value } = this.network.layer(name)
    const known = this.outputs[value] ?? this.inner.get(value)
    if (known !== undefined) return known
    const session = await this.network.partSession(value)
    const outputs = await run(this.network, session, this.pixels, [value])
    const tensor = outputs[value]
    if (tensor === undefined) throw new Error(`Expected the values of ${name} but received none`)
    this.inner.set(value, tensor)
    return tensor
  }

  private output(value: string): FloatTensor {
    const tensor = this.outputs[value]
    if (tensor === undefined) throw new Error(`Expected the output ${value} but received none`)
    return tensor
  }
}

function run(
  { spec }: Network,
  session: GraphSession,
  pixels: Uint8Array,
  wanted: readonly string[],
): Promise<Readonly<Record<string, FloatTensor>>> {
  const side = spec.inputSizePx
  return session.run({ pixels: { data: pixels, dims: [1, side, side, 3] } }, wanted)
}

function checkPosition(info: TappedLayer['info'], channel: number, x: number, y: number): void {
  if (channel >= info.channels || x >= info.widthPx || y >= info.heightPx) {
    throw new CallError(
      'bad-request',
      `Expected a position in ${info.name} (${info.channels} x ${info.heightPx} x ${info.widthPx}) but received channel ${channel} at ${x}, ${y}.`,
    )
  }
}
