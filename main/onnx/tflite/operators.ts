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
  MEAN: (step) => reduction(step, 'ReduceMean'),
  SUM: (step) => reduction(step, 'ReduceSum'),
  REDUCE_MAX: (step) => reduction(step, 'ReduceMax'),
  CONCATENATION: concatenation,
  ADD: (step) => arithmetic(step, 'Add'),
  SUB: (step) => arithmetic(step, 'Sub'),
  MUL: (step) => arithmetic(step, 'Mul'),
  DIV: (step) => arithmetic(step, 'Div'),
  MAXIMUM: (step) => elementwise(step, 'Max'),
  MINIMUM: (step) => elementwise(step, 'Min'),
  POW: (step) => elementwise(step, 'Pow'),
  SQUARED_DIFFERENCE: (step) => {
    const difference = step.node('Sub', step.operands())
    step.finish(step.node('Mul', [difference, difference]), 0)
  },
  ABS: (step) => unary(step, 'Abs'),
  NEG: (step) => unary(step, 'Neg'),
  EXP: (step) => unary(step, 'Exp'),
  SQRT: (step) => unary(step, 'Sqrt'),
  RSQRT: (step) => step.finish(step.node('Reciprocal', [step.node('Sqrt', [step.real(0)])]), 0),
  SQUARE: (step) => step.finish(step.node('Mul', [step.real(0), step.real(0)]), 0),
  TANH: (step) => unary(step, 'Tanh'),
  ELU: (step) => unary(step, 'Elu'),
  HARD_SWISH: (step) => unary(step, 'HardSwish'),
  LEAKY_RELU: (step) =>
    step.finish(step.node('LeakyRelu', [step.real(0)], { alpha: { float: step.float(0) } }), 0),
  PRELU: (step) => {
    const slope = step.values.operand(step.input(1), step.weightShape(0).length)
    step.finish(step.node('PRelu', [step.real(0), slope]), 0)
  },
  L2_NORMALIZATION: (step) => {
    const norm = step.node('ReduceL2', [step.real(0)], { axes: [1], keepdims: 1 })
    const bounded = step.node('Max', [norm, step.graph.scalar('least_norm', 1e-6)])
    step.finish(step.node('Div', [step.real(0), bounded]), step.option(0))
  },
  PAD: pad,
  PADV2: pad,
  RELU: (step) => step.finish(step.node('Relu', [step.real(0)]), 1),
  RELU_N1_TO_1: (step) => step.finish(step.real(0), 2),
  RELU6: (step) => step.finish(step.real(0), 3),
  LOGISTIC: (step) => step.finish(step.node('Sigmoid', [step.real(0)]), 0),
  SOFTMAX: (step) => {
    const axis = channelFirstAxis(-1, step.weightShape(0).length)
    step.finish(step.node('Softmax', [step.real(0)], { axis }), 0)
  },
  RESHAPE: reshape,
  SQUEEZE: reshape,
  EXPAND_DIMS: reshape,
  QUANTIZE: (step) => step.values.alias(step.output, step.real(0)),
  DEQUANTIZE: (step) => {
    // Weights are kept smaller than they are computed with.
    const isConstant = step.values.constant(step.input(0)).data !== undefined
    if (isConstant) step.values.aliasConstant(step.output, step.input(0))
    else step.values.alias(step.output, step.real(0))
  },
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

  /** Both inputs of an operator on pairs of numbers, one of which may be a constant. */
  operands(): [string, string] {
    const rank = Math.max(this.weightShape(0).length, this.weightShape(1).length)
    return [this.values.operand(this.input(0), rank), this.values.operand(this.input(1), rank)]
  }

  option(slot: number, fallback = 0): number {
    return this.options?.int8(slot, fallback) ?? fallback
  }

  float(slot: number): number {
    return this.options?.float32(slot) ?? 0
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
  const group = depthwise ? inChannels : inChannels / (step.weightShape(1)[3] ?? 0)
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

function arithmetic(step: Step, opType: 'Add' | 'Sub' | 'Mul' | 'Div'): void {
  step.finish(step.node(opType, step.operands()), step.option(0))
}

function elementwise(step: Step, opType: 'Max' | 'Min' | 'Pow'): void {
  step.finish(step.node(opType, step.operands()), 0)
}

function unary(step: Step, opType: string): void {
  step.finish(step.node(opType, [step.real(0)]), 0)
}

function fullyConnected(step: Step): void {
  const numbers = step
    .weightShape(0)
    .slice(1)
    .reduce((a, b) => a * b, 1)
  if (numbers !== step.weightShape(1)[1]) {
    const { name } = step.values.tensor(step.output)
    throw new Error(`Expected ${name} to take ${numbers} numbers, not ${step.weightShape(1)[1]}`)
  }
  const flat = flatten(step, 0)
  const inputs = [flat, step.values.weights(step.input(1), [0, 1])]
  if (step.input(2) >= 0) inputs.push(step.values.weights(step.input(2), [0]))
  step.finish(step.node('Gemm', inputs, { transB: 1 }), step.option(0))
}

function reduction(step: Step, opType: 'ReduceMean' | 'ReduceSum' | 'ReduceMax'): void {
  const rank = step.weightShape(0).length
  const axes = step.integers(1).map((axis) => channelFirstAxis(axis, rank))
  const keepdims = step.option(0) !== 0 ? 1 : 0
  const { name, shape } = step.values.tensor(step.output)
  // What is left of a map in three axes has the channels in another place.
  if (rank === 4 && shape.length === 3 && !axes.includes(1)) {
    throw new Error(`Expected ${name} to reduce whole maps but it leaves [${shape}]`)
  }
  const node =
    opType === 'ReduceSum'
      ? step.node(opType, [step.real(0), step.graph.int64s('axes', axes)], { keepdims })
      : step.node(opType, [step.real(0)], { axes, keepdims })
  step.finish(node, 0)
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
  const inputs = [step.real(0), step.graph.int64s('pads', pads)]
  if (step.inputs.length > 2) inputs.push(step.values.operand(step.input(2), 0))
  step.finish(step.node('Pad', inputs), 0)
}

/** In TensorFlow's order (channel last); the batch stays free. */
function reshape(step: Step): void {
  const shape = step.values.tensor(step.output).shape
  if (shape.length === 2) {
    step.finish(flatten(step, 0), 0)
    return
  }
  const flat = step.weightShape(0).length === 2 ? step.real(0) : flatten(step, 0)
  const target = step.graph.int64s('shape', [0, ...shape.slice(1)])
  const laidOut = step.node('Reshape', [flat, target])
  step.finish(
    shape.length === 4 ? step.node('Transpose', [laidOut], { perm: [0, 3, 1, 2] }) : laidOut,
    0,
  )
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
