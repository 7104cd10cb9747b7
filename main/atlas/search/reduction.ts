// From embeddings to what the search holds of each: centred, of unit length, in fewer dimensions.
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'

/** A row that is the mean itself stays zero. */
const leastLength = 1e-6

export class Reduction {
  private constructor(
    private readonly session: GraphSession,
    readonly mean: Float32Array,
    private readonly axes: Float32Array | undefined,
  ) {}

  get dim(): number {
    return this.mean.length
  }

  /** Of the results. */
  get reducedDim(): number {
    return this.axes === undefined ? this.dim : this.axes.length / this.dim
  }

  /**
   * @param mean [dim]; zeros compare by the plain cosine
   * @param axes orthonormal, [reducedDim, dim]; all dimensions stay without
   */
  static async create(
    mean: Float32Array,
    axes: Float32Array | undefined,
    threads: number,
  ): Promise<Reduction> {
    const dim = mean.length
    const reducedDim = axes === undefined ? dim : axes.length / dim
    const graph = new GraphBuilder('reduction')
    const halves = graph.input('rows', dataType.float16, ['n', dim])
    const floats = graph.node('Cast', [halves], 'floats', { to: dataType.float })
    const apart = graph.node('Sub', [floats, graph.floats('mean', mean, [dim])], 'apart')
    const length = graph.node('ReduceL2', [apart], 'length', { axes: [1], keepdims: 1 })
    const atLeast = graph.node('Max', [length, graph.scalar('least', leastLength)], 'at_least')
    if (axes === undefined) graph.nodeInto('Div', [apart, atLeast], 'reduced')
    else {
      const unit = graph.node('Div', [apart, atLeast], 'unit')
      const columns = graph.floats('axes', axes, [reducedDim, dim])
      graph.nodeInto('Gemm', [unit, columns], 'reduced', { transB: 1 })
    }
    graph.output('reduced', dataType.float, ['n', reducedDim])
    const session = await GraphSession.create(encodeModel(graph.build()), { threads })
    return new Reduction(session, mean, axes)
  }

  /**
   * @param halves embeddings as the bits of half floats, [count, dim]
   * @returns [count, reducedDim]; what a row lacks to unit length was left out
   */
  async of(halves: Uint16Array): Promise<Float32Array> {
    const { dim } = this
    const rows = { data: halves, dims: [halves.length / dim, dim] }
    const { reduced } = await this.session.run({ rows })
    if (reduced === undefined) throw new Error('Expected reduced rows but received none')
    return reduced.data
  }

  /** @param vector already centred and of unit length, [dim] */
  ofOne(vector: Float32Array): Float32Array {
    const { axes, dim } = this
    if (axes === undefined) return vector
    return Float32Array.from({ length: this.reducedDim }, (_, axis) => {
      let sum = 0
      for (let x = 0; x < dim; x++) sum += (axes[axis * dim + x] ?? 0) * (vector[x] ?? 0)
      return sum
    })
  }

  dispose(): Promise<void> {
    return this.session.dispose()
  }
}
