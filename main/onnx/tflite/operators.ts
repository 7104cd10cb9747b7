// One function an operator: how TensorFlow Lite's becomes ONNX's.
// Options' slot numbers follow tensorflow/lite/schema/schema.fbs.
import type { AttributeValue, GraphBuilder } from '../graph-builder.ts'
import type { Table } from './flatbuffer.ts'
import { channelFirstAxis, samePadding } from './layout.ts'
import { integersOf } from './quantisation.ts'
import type { OperatorName, TfliteOperator } from './schema.ts'
import type { TensorMap } from './tensor-map.ts'

const samePaddingCode = 0

/** Adds the ONNX nodes of one operator and records its output in `values`. */
export function convertOperator(
  operator: TfliteOperator,
  values: TensorMap,
  graph: GraphBuilder,
): void {
  converters[operator.name](new Step(operator, values, graph))
}

const converters: Readonly<Record<OperatorName, (step: Step) => void>> = {
  CONV_2D: (step) => convolution(step, step.weightShape(1)[0] ?? 0, false),
  DEPTHWISE_CONV_2D: (step) => convolution(step, step.weightShape(1)[3] ?? 0, true),
  FULLY_CONNECTED: fullyConnected,
  MAX_POOL_2D: (step) => pool(step, 'MaxPool'),
  AVERAGE_POOL_2D: (step) => pool(step, 'AveragePool'),
  MEAN: mean,
  CONCATENATION: concatenation,
  ADD: (step) => step.finish(step.node('Add', [step.real(0), step.real(1)]), step.option(0)),
  MUL: (step) => step.finish(step.node('Mul', [step.real(0), step.real(1)]), step.option(0)),
  PAD: pad,
  RELU: (step) => step.finish(step.node('Relu', [step.real(0)]), 1),
  RELU6: (step) => step.finish(step.real(0), 3),
  LOGISTIC: (step) => step.finish(step.node('Sigmoid', [step.real(0)]), 0),
  SOFTMAX: (step) => step.finish(step.node('Softmax', [step.real(0)], { axis: -1 }), 0),
  RESHAPE: reshape,
  SQUEEZE: reshape,
  QUANTIZE: (step) => step.values.alias(step.output, step.real(0)),
  DEQUANTIZE: (step) => step.values.alias(step.output, step.real(0)),
}

/** What every conversion needs of its operator, with one name for it all. */
class Step {
  readonly output: number
  private readonly options: Table | undefined

  constructor(
    private readonly operator: TfliteOperator,
    readonly values: TensorMap,
    readonly graph: GraphBuilder,
  ) {
    this.output = operator.outputs[0] ?? -1
    this.options = operator.options
  }

  input(position: number): number {
    return this.operator.inputs[position] ?? -1
  }

  get inputs(): readonly number[] {
    return this.operator.inputs
  }

  real(position: number): string {
    return this.values.real(this.input(position))
  }

  weightShape(position: number): readonly number[] {
    return this.values.tensor(this.input(position)).shape
  }

  option(slot: number, fallback = 0): number {
    return this.options?.int8(slot, fallback) ?? fallback
  }

  size(slot: number, fallback = 1): number {
    return this.options?.int32(slot, fallback) ?? fallback
  }

  node(
    opType: string,
    inputs: readonly string[],
    attributes: Record<string, AttributeValue> = {},
  ): string {
    const { name } = this.values.tensor(this.output)
    return this.graph.node(opType, inputs, `${name}/${opType}`, attributes)
  }

  finish(raw: string, activation: number): void {
    this.values.finish(this.output, raw, activation)
  }

  /** Integer constant (axes, paddings, shapes) at an input. */
  integers(position: number): number[] {
    const { data, type, name } = this.values.tensor(this.input(position))
    if (data === undefined) throw new Error(`Expected ${name} to be constant`)
    return Array.from(integersOf(data, type))
  }
}

function convolution(step: Step, outChannels: number, depthwise: boolean): void {
  const [, kernelHeight = 0, kernelWidth = 0] = step.weightShape(1)
  const inChannels = step.weightShape(0)[3] ?? 0
  const shift = depthwise ? 1 : 0
  const spatial = spatialAttributes(step, kernelHeight, kernelWidth, {
    width: step.size(4 + shift),
    height: step.size(5 + shift),
  })
  const weights = depthwise
    ? step.values.weights(step.input(1), [3, 0, 1, 2])
    : step.values.weights(step.input(1), [0, 3, 1, 2])
  const inputs = [step.real(0), weights]
  if (step.input(2) >= 0) inputs.push(step.values.weights(step.input(2), [0]))
  const group = depthwise ? inChannels : 1
  if (outChannels % group !== 0) throw new Error(`Expected a multiple of ${group} channels`)
  step.finish(step.node('Conv', inputs, { ...spatial, group }), step.option(3 + shift))
}

function pool(step: Step, opType: 'MaxPool' | 'AveragePool'): void {
  const spatial = spatialAttributes(step, step.size(4), step.size(3), { width: 1, height: 1 })
  const { dilations: _none, ...attributes } = spatial
  const counted = opType === 'AveragePool' ? { ...attributes, count_include_pad: 0 } : attributes
  step.finish(step.node(opType, [step.real(0)], counted), step.option(5))
}

function spatialAttributes(
  step: Step,
  kernelHeight: number,
  kernelWidth: number,
  dilation: { width: number; height: number },
): Record<string, AttributeValue> {
  const [, height = 0, width = 0] = step.weightShape(0)
  const strideWidth = step.size(1)
  const strideHeight = step.size(2)
  const same = step.option(0) === samePaddingCode
  const [top, bottom] = same
    ? samePadding(height, kernelHeight, strideHeight, dilation.height)
    : [0, 0]
  const [left, right] = same ? samePadding(width, kernelWidth, strideWidth, dilation.width) : [0, 0]
  return {
    kernel_shape: [kernelHeight, kernelWidth],
    strides: [strideHeight, strideWidth],
    dilations: [dilation.height, dilation.width],
    pads: [top, left, bottom, right],
  }
}

function fullyConnected(step: Step): void {
  const flat = flatten(step, 0)
  const inputs = [flat, step.values.weights(step.input(1), [0, 1])]
  if (step.input(2) >= 0) inputs.push(step.values.weights(step.input(2), [0]))
  step.finish(step.node('Gemm', inputs, { transB: 1 }), step.option(0))
}

function mean(step: Step): void {
  const rank = step.weightShape(0).length
  const axes = step.integers(1).map((axis) => channelFirstAxis(axis, rank))
  const keepdims = step.option(0) !== 0 ? 1 : 0
  step.finish(step.node('ReduceMean', [step.real(0)], { axes, keepdims }), 0)
}

function concatenation(step: Step): void {
  const rank = step.weightShape(0).length
  const axis = channelFirstAxis(step.size(0, 0), rank)
  const inputs = step.inputs.map((_, position) => step.real(position))
  step.finish(step.node('Concat', inputs, { axis }), step.option(1))
}

function pad(step: Step): void {
  const rank = step.weightShape(0).length
  const paddings = step.integers(1)
  const pads = new Array<number>(rank * 2).fill(0)
  for (let axis = 0; axis < rank; axis++) {
    const target = channelFirstAxis(axis, rank)
    pads[target] = paddings[axis * 2] ?? 0
    pads[rank + target] = paddings[axis * 2 + 1] ?? 0
  }
  step.finish(step.node('Pad', [step.real(0), step.graph.int64s('pads', pads)]), 0)
}

/** Drops single-pixel spatial axes; the batch stays free. Other reshapes are refused. */
function reshape(step: Step): void {
  const shape = step.values.tensor(step.output).shape
  if (shape.length !== 2) {
    const { name } = step.values.tensor(step.output)
    throw new Error(`Expected a reshape to [N, C] in ${name} but received [${shape}]`)
  }
  step.finish(flatten(step, 0), 0)
}

/** [N, C, H, W] or [N, C] to [N, features] in TensorFlow's order (channel last). */
function flatten(step: Step, position: number): string {
  const [, height = 1, width = 1] = step.weightShape(position)
  const isMap = step.weightShape(position).length === 4
  const real = step.real(position)
  const ordered =
    isMap && height * width > 1 ? step.node('Transpose', [real], { perm: [0, 2, 3, 1] }) : real
  return step.node('Flatten', [ordered], { axis: 1 })
}
