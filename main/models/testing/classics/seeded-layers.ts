// Layers with seeded weights, of which the tests' classic networks are built.
import { type AttributeValue, bytesOf, GraphBuilder } from '../../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../../onnx/model.ts'
import { type Random, seeded } from '../../../onnx/testing/seeded.ts'

export interface Convolution {
  readonly from: number
  readonly to: number
  readonly kernel: number
  readonly stride?: number
  /** On every side, or top, left, bottom, right. */
  readonly pad?: number | readonly [number, number, number, number]
  readonly group?: number
  readonly bias?: boolean
}

export class SeededLayers {
  readonly graph: GraphBuilder
  private readonly random: Random

  constructor(name: string, opsetVersion: number) {
    const base = new GraphBuilder(name).build()
    this.graph = new GraphBuilder({ ...base, opsets: [{ domain: '', version: opsetVersion }] })
    this.random = seeded(3)
  }

  /** Called `output`. */
  convolution(
    input: string,
    output: string,
    { from, to, kernel, stride = 1, pad = 0, group = 1, bias = true }: Convolution,
  ): string {
    const kernels = this.weights(`${output}_weight`, [to, from / group, kernel, kernel])
    const biases = bias ? [this.floats(`${output}_bias`, this.random.normals(to))] : []
    return this.graph.node('Conv', [input, kernels, ...biases], output, {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: typeof pad === 'number' ? [pad, pad, pad, pad] : pad,
      group,
    })
  }

  /** Scales by 1 and moves by something: statistics of nothing that was seen. */
  batchNorm(input: string, output: string, channels: number): string {
    const ones = new Float32Array(channels).fill(1)
    const parts = [
      this.floats(`${output}_gamma`, ones),
      this.floats(`${output}_beta`, this.random.normals(channels)),
      this.floats(`${output}_mean`, this.random.normals(channels)),
      this.floats(`${output}_var`, ones),
    ]
    return this.graph.node('BatchNormalization', [input, ...parts], output, {
      epsilon: { float: 1e-5 },
    })
  }

  relu(input: string, output: string): string {
    return this.graph.node('Relu', [input], output)
  }

  /** Since operator set 11 its limits are inputs. */
  relu6(input: string, output: string): string {
    const limits = [this.graph.scalar(`${output}_min`, 0), this.graph.scalar(`${output}_max`, 6)]
    return this.graph.node('Clip', [input, ...limits], output)
  }

  pool(
    opType: 'MaxPool' | 'AveragePool',
    input: string,
    output: string,
    kernel: number,
    stride: number,
    pads: readonly number[] = [0, 0, 0, 0],
  ): string {
    const shape = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads }
    return this.graph.node(opType, [input], output, shape)
  }

  /** As Caffe has it. */
  localResponse(input: string, output: string): string {
    return this.graph.node('LRN', [input], output, {
      size: 5,
      alpha: { float: 1e-4 },
      beta: { float: 0.75 },
      bias: { float: 1 },
    })
  }

  dense(input: string, output: string, from: number, to: number): string {
    const weights = this.weights(`${output}_weight`, [to, from])
    const biases = this.floats(`${output}_bias`, this.random.normals(to))
    return this.graph.node('Gemm', [input, weights, biases], output, { transB: 1 })
  }

  node(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes?: Readonly<Record<string, AttributeValue>>,
  ): string {
    return this.graph.node(opType, inputs, output, attributes)
  }

  input(name: string, dims: readonly (number | string)[]): string {
    return this.graph.input(name, dataType.float, dims)
  }

  /** Closes the graph. */
  finished(output: string, batch: number | string): Model {
    this.graph.output(output, dataType.float, [batch, 1000])
    return this.graph.build()
  }

  /** As He et al. 2015 draw them: what goes through keeps its spread. */
  weights(name: string, dims: readonly number[]): string {
    const inputs = dims.slice(1).reduce((a, b) => a * b, 1)
    const scale = Math.sqrt(24 / inputs)
    const data = new Float32Array(inputs * (dims[0] ?? 1))
    for (let i = 0; i < data.length; i++) data[i] = (this.random.uniform() - 0.5) * scale
    return this.graph.constant(name, dataType.float, dims, bytesOf(data))
  }

  private floats(name: string, values: Float32Array): string {
    return this.graph.constant(name, dataType.float, [values.length], bytesOf(values))
  }
}
