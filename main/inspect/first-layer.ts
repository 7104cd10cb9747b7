// The first convolution, number by number: patch x kernel = response.
import type { KernelReading } from '../../preload/contract/inspector.ts'

export interface FirstLayer {
  readonly count: number
  readonly heightPx: number
  readonly widthPx: number
  readonly strideY: number
  readonly strideX: number
  /** Padding at the top and left. */
  readonly padTop: number
  readonly padLeft: number
  /** As the graph has them, [count, 3, heightPx, widthPx]. */
  readonly weights: Float32Array
  /** [count]; zeros when the convolution has none. */
  readonly biases: Float32Array
  /** Which of the network's input channels is red, green and blue. */
  readonly rgb: readonly [number, number, number]
}

/** Weights as the window shows them: [count, heightPx, widthPx, 3], RGB. */
export function rgbWeights({ count, heightPx, widthPx, weights, rgb }: FirstLayer): Float32Array {
  const area = heightPx * widthPx
  const out = new Float32Array(count * area * 3)
  for (let kernel = 0; kernel < count; kernel++) {
    for (let i = 0; i < area; i++) {
      rgb.forEach((channel, colour) => {
        out[(kernel * area + i) * 3 + colour] = weights[(kernel * 3 + channel) * area + i] ?? 0
      })
    }
  }
  return out
}

/**
 * What one kernel computes at one position of its map. Beyond the input's edge lies zero padding.
 *
 * @param input what the network sees, float32 [3, sidePx, sidePx], in the network's channel order
 * @param kernel number of the kernel
 * @param x column in the first layer's map
 * @param y row in the first layer's map
 */
export function readKernel(
  layer: FirstLayer,
  input: Float32Array,
  sidePx: number,
  kernel: number,
  x: number,
  y: number,
): Omit<KernelReading, 'activation'> {
  const { heightPx, widthPx, weights, biases, rgb } = layer
  const area = heightPx * widthPx
  const leftPx = x * layer.strideX - layer.padLeft
  const topPx = y * layer.strideY - layer.padTop
  const patch = new Float32Array(area * 3)
  let sumOfProducts = 0
  for (let ky = 0; ky < heightPx; ky++) {
    for (let kx = 0; kx < widthPx; kx++) {
      const [px, py] = [leftPx + kx, topPx + ky]
      if (px < 0 || py < 0 || px >= sidePx || py >= sidePx) continue
      rgb.forEach((channel, colour) => {
        const value = input[(channel * sidePx + py) * sidePx + px] ?? 0
        const weight = weights[(kernel * 3 + channel) * area + ky * widthPx + kx] ?? 0
        patch[(ky * widthPx + kx) * 3 + colour] = value
        sumOfProducts += value * weight
      })
    }
  }
  const bias = biases[kernel] ?? 0
  return { patch, sumOfProducts, bias, response: sumOfProducts + bias, leftPx, topPx }
}
