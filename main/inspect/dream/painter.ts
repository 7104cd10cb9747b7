// Turns the parameters of a dream into a picture, and gradients back.
import { availableParallelism } from 'node:os'
import { type FloatTensor, GraphSession } from '../../engine/graph-session.ts'
import type { Raster } from '../../engine/protocol.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { gradientGraph, gradientName } from '../../onnx/gradient/gradient-graph.ts'
import { imageGraph } from './image-graph.ts'
import { normalFrom } from './random.ts'

const startDeviation = 0.01

/** Turns a spectrum into a picture, and the picture's gradient into the spectrum's. */
export class Painter {
  private constructor(
    private readonly sidePx: number,
    private readonly forward: GraphSession,
    private readonly backward: GraphSession,
  ) {}

  static async create(sidePx: number): Promise<Painter> {
    const model = imageGraph(sidePx)
    const open = (graph: typeof model): Promise<GraphSession> =>
      GraphSession.create(encodeModel(graph), { threads: availableParallelism() })
    const gradient = gradientGraph(model, { of: 'image', withRespectTo: ['spectrum'] })
    return new Painter(sidePx, await open(model), await open(gradient.model))
  }

  /** Numbers in a spectrum. */
  get size(): number {
    return 3 * this.sidePx ** 2
  }

  async paint(spectrum: Float32Array): Promise<Float32Array> {
    const { image } = await this.forward.run({ spectrum: this.tensor(spectrum) })
    return image?.data ?? new Float32Array()
  }

  async gradient(spectrum: Float32Array, cotangent: Float32Array): Promise<Float32Array> {
    const wanted = gradientName('spectrum')
    const inputs = { spectrum: this.tensor(spectrum), cotangent: this.tensor(cotangent) }
    return (await this.backward.run(inputs, [wanted]))[wanted]?.data ?? new Float32Array()
  }

  async dispose(): Promise<void> {
    await this.forward.dispose()
    await this.backward.dispose()
  }

  private tensor(data: Float32Array): FloatTensor {
    return { data, dims: [3, this.sidePx, this.sidePx] }
  }
}

/** A dream's parameters at its start: almost grey. */
export function firstSpectrum(size: number, random: () => number): Float32Array {
  const normal = normalFrom(random)
  const spectrum = Float32Array.from({ length: size }, normal)
  return spectrum.map((value) => value * startDeviation)
}

/** @param image RGB in 0..1, [3, sidePx, sidePx] */
export function rasterOf(image: Float32Array, sidePx: number): Raster {
  const area = sidePx * sidePx
  const pixels = new Uint8Array(area * 3)
  for (let i = 0; i < area; i++) {
    for (let colour = 0; colour < 3; colour++) {
      pixels[i * 3 + colour] = Math.round((image[colour * area + i] ?? 0) * 255)
    }
  }
  return { pixels, widthPx: sidePx, heightPx: sidePx }
}
