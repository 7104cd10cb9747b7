// Which ONNX value stands for which TensorFlow Lite tensor while a model is converted.
import { bytesOf, type GraphBuilder } from '../graph-builder.ts'
import { dataType } from '../model.ts'
import type { Arithmetic } from './convert.ts'
import { transpose } from './layout.ts'
import { bytesPerElement, integersOf, onnxTypeOf, realRange, realsOf } from './quantisation.ts'
import type { TfliteModel, TfliteTensor } from './schema.ts'

/** Bounds of a fused activation, by ActivationFunctionType. */
const activationBounds: Readonly<Record<number, readonly [number, number]>> = {
  0: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  1: [0, Number.POSITIVE_INFINITY],
  2: [-1, 1],
  3: [0, 6],
}

/** Activations are channel-first (NCHW) float values; constants are made on demand. */
export class TensorMap {
  private readonly values = new Map<number, string>()
  private readonly sources = new Map<number, number>()

  constructor(
    private readonly source: TfliteModel,
    private readonly graph: GraphBuilder,
    private readonly arithmetic: Arithmetic,
  ) {}

  tensor(index: number): TfliteTensor {
    const tensor = this.source.tensors[index]
    if (tensor === undefined) throw new Error(`Expected tensor ${index} but the file has none`)
    return tensor
  }

  /** The float value of an activation. */
  real(index: number): string {
    const value = this.values.get(index)
    if (value === undefined) {
      throw new Error(`Expected ${this.tensor(index).name} to be computed before it is used`)
    }
    return value
  }

  /**
   * The same, or a constant, laid out to meet an activation of so many axes as TensorFlow broadcasts
   * it: by its last ones. A vector of a photo meets every place of its map.
   */
  operand(index: number, rank: number): string {
    const tensor = this.constant(index)
    if (this.values.has(index) || tensor.data === undefined) {
      const value = this.real(index)
      if (rank !== 4 || tensor.shape.length === 4) return value
      if (tensor.shape.length !== 2) {
        throw new Error(`Expected a vector or a map in ${tensor.name}, not [${tensor.shape}]`)
      }
      const axes = this.graph.int64s('places', [2, 3])
      return this.graph.node('Unsqueeze', [value, axes], `${tensor.name}/Unsqueeze`)
    }
    const lengths = [...new Array<number>(Math.max(0, rank - tensor.shape.length)).fill(1)]
    lengths.push(...tensor.shape)
    if (rank !== 4 || lengths.length !== 4) return this.reals(tensor, tensor.data, lengths)
    const order = [0, 3, 1, 2]
    const data = transpose(tensor.data, bytesPerElement[tensor.type], lengths, order)
    return this.reals(
      tensor,
      data,
      order.map((axis) => lengths[axis] ?? 1),
    )
  }

  /** Behind a DEQUANTIZE of a constant stands the constant. */
  constant(index: number): TfliteTensor {
    return this.tensor(this.sources.get(index) ?? index)
  }

  /** Lets a constant stand for what is made of it. */
  aliasConstant(index: number, source: number): void {
    this.sources.set(index, source)
  }

  private reals(tensor: TfliteTensor, data: Uint8Array, dims: readonly number[]): string {
    const sliceLength = dims.slice(1).reduce((a, b) => a * b, 1)
    const reals = realsOf(tensor, data, sliceLength)
    return this.graph.constant(constantName(tensor.name), dataType.float, dims, bytesOf(reals))
  }

  /** Lets another tensor stand for the same value (a reshape of nothing, a re-quantisation). */
  alias(index: number, value: string): void {
    this.values.set(index, value)
  }

  /** Enters the uint8 NCHW pixels as the graph's input tensor, of bytes with or without a sign. */
  startFrom(index: number, pixels: string): void {
    const { name } = this.tensor(index)
    const { scale, zeroPoint } = pixelScale(this.tensor(index))
    this.values.set(index, this.dequantiseNode(pixels, name, scale, zeroPoint, dataType.uint8))
  }

  /**
   * Records the result of an operator, bounded as the original is: by its fused activation and by
   * the range that its quantised output can hold. Some networks have no other activation than that
   * saturation.
   */
  finish(index: number, raw: string, activation: number): void {
    const tensor = this.tensor(index)
    const fused = activationBounds[activation]
    if (fused === undefined) {
      throw new Error(`Expected a known activation for ${tensor.name} but received ${activation}`)
    }
    const range = realRange(tensor)
    const step = tensor.quantisation?.scales[0] ?? 0
    if (this.arithmetic === 'quantised' && range !== undefined) {
      const inside = range[0] >= fused[0] - step / 2 && range[1] <= fused[1] + step / 2
      const bounded = inside ? raw : this.clip(raw, fused[0], fused[1], tensor.name)
      this.values.set(index, this.requantise(bounded, tensor, step))
      return
    }
    const low = Math.max(fused[0], range?.[0] ?? Number.NEGATIVE_INFINITY)
    const high = Math.min(fused[1], range?.[1] ?? Number.POSITIVE_INFINITY)
    const keepsRange = this.arithmetic === 'float'
    this.values.set(
      index,
      keepsRange
        ? this.clip(raw, low, high, tensor.name)
        : this.clip(raw, low > -step ? 0 : fused[0], fused[1], tensor.name),
    )
  }

  /** Weights with their axes in `order`; one scale, or one a slice of what becomes axis 0. */
  weights(index: number, order: readonly number[], shape?: readonly number[]): string {
    const tensor = this.constant(index)
    if (tensor.data === undefined) throw new Error(`Expected constant weights in ${tensor.name}`)
    const elementBytes = bytesPerElement[tensor.type]
    const data = transpose(tensor.data, elementBytes, tensor.shape, order)
    const dims = shape ?? order.map((axis) => tensor.shape[axis] ?? 0)
    const name = constantName(tensor.name)
    const isFloat = tensor.type === 'float32' || tensor.type === 'float16'
    if (isFloat || this.arithmetic !== 'quantised') return this.reals(tensor, data, dims)
    return this.quantisedConstant(name, tensor, data, dims)
  }

  private quantisedConstant(
    name: string,
    tensor: TfliteTensor,
    data: Uint8Array,
    dims: readonly number[],
  ): string {
    const { scales = [], zeroPoints = [] } = tensor.quantisation ?? {}
    // Signed weights: integer kernels of every provider take them, unsigned ones only some.
    const shift = tensor.type === 'uint8' ? 128 : 0
    const type = tensor.type === 'int32' ? dataType.int32 : dataType.int8
    const integers =
      shift === 0 ? data : bytesOf(Int8Array.from(integersOf(data, tensor.type), (q) => q - shift))
    const scalar = scales.length === 1
    const shifted = scales.map((_, i) => (zeroPoints[i] ?? 0) - shift)
    const zeroBytes = bytesOf(
      type === dataType.int32 ? Int32Array.from(shifted) : Int8Array.from(shifted),
    )
    const paramDims = scalar ? [] : [scales.length]
    return this.graph.node(
      'DequantizeLinear',
      [
        this.graph.constant(name, type, dims, integers),
        this.graph.floats(`${name}_scale`, scales, paramDims),
        this.graph.constant(`${name}_zero_point`, type, paramDims, zeroBytes),
      ],
      `${name}_real`,
      scalar ? {} : { axis: 0 },
    )
  }

  private requantise(raw: string, tensor: TfliteTensor, scale: number): string {
    const zeroPoint = tensor.quantisation?.zeroPoints[0] ?? 0
    const type = onnxTypeOf[tensor.type]
    const name = tensor.name
    const parameters = this.quantParameters(name, scale, zeroPoint, type)
    const integers = this.graph.node('QuantizeLinear', [raw, ...parameters], `${name}_quantised`)
    return this.graph.node('DequantizeLinear', [integers, ...parameters], name)
  }

  private dequantiseNode(
    integers: string,
    name: string,
    scale: number,
    zeroPoint: number,
    type: number,
  ): string {
    const parameters = this.quantParameters(name, scale, zeroPoint, type)
    return this.graph.node('DequantizeLinear', [integers, ...parameters], name)
  }

  private quantParameters(
    name: string,
    scale: number,
    zeroPoint: number,
    type: number,
  ): [string, string] {
    const zero = type === dataType.int8 ? Int8Array.of(zeroPoint) : Uint8Array.of(zeroPoint)
    return [
      this.graph.floats(`${name}_scale`, [scale], []),
      this.graph.constant(`${name}_zero_point`, type, [], bytesOf(zero)),
    ]
  }

  private clip(raw: string, low: number, high: number, name: string): string {
    if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return raw
    if (low === 0 && high === Number.POSITIVE_INFINITY) return this.graph.node('Relu', [raw], name)
    const bound = (end: string, value: number): string =>
      Number.isFinite(value) ? this.graph.floats(`${name}_${end}`, [value], []) : ''
    return this.graph.node('Clip', [raw, bound('low', low), bound('high', high)], name)
  }
}

/**
 * What a pixel of 0 to 255 stands for: scale * (pixel - zeroPoint). Networks that take int8 are given
 * pixels less 128.
 *
 * @throws Error for an input that is not quantised
 */
export function pixelScale(input: TfliteTensor): { scale: number; zeroPoint: number } {
  const { quantisation, name, type } = input
  const [scale] = quantisation?.scales ?? []
  if (scale === undefined) throw new Error(`Expected ${name} to be quantised but it has no scale`)
  const zeroPoint = quantisation?.zeroPoints[0] ?? 0
  return { scale, zeroPoint: type === 'int8' ? zeroPoint + 128 : zeroPoint }
}

/** Converters join all the names that were folded into a constant with semicolons. */
const constantName = (name: string): string => name.split(';')[0] ?? name
