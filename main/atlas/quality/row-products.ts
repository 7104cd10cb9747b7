// Products of some rows with all rows, on ONNX Runtime.
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'
import { turn } from '../turns.ts'
import type { VectorRows } from '../vectors/vector-rows.ts'

const blockRows = 2048

export class RowProducts {
  private constructor(
    private readonly session: GraphSession,
    private readonly rows: VectorRows,
  ) {}

  static async create(rows: VectorRows, threads: number): Promise<RowProducts> {
    return new RowProducts(await GraphSession.create(productGraph(rows.dim), { threads }), rows)
  }

  /**
   * @returns dot products, [those.length, count]
   * @throws the signal's reason
   */
  async of(those: readonly number[], signal: AbortSignal): Promise<Float32Array> {
    const { count, dim } = this.rows
    const a = new Uint16Array(those.length * dim)
    for (const [i, row] of those.entries()) a.set(await this.rows.read(row, 1), i * dim)
    const products = new Float32Array(those.length * count)
    for (let first = 0; first < count; first += blockRows) {
      await turn(signal)
      const n = Math.min(blockRows, count - first)
      const { product } = await this.session.run({
        a: { data: a, dims: [those.length, dim] },
        b: { data: await this.rows.read(first, n), dims: [n, dim] },
      })
      if (product === undefined) throw new Error('Expected a product')
      for (let i = 0; i < those.length; i++) {
        products.set(product.data.subarray(i * n, (i + 1) * n), i * count + first)
      }
    }
    return products
  }

  dispose(): Promise<void> {
    return this.session.dispose()
  }
}

/** a [m, dim], b [n, dim] half -> product [m, n]. */
function productGraph(dim: number): Uint8Array {
  const graph = new GraphBuilder('rows')
  const [a, b] = ['a', 'b'].map((name) => {
    const halves = graph.input(name, dataType.float16, [`${name}_rows`, dim])
    return graph.node('Cast', [halves], `${name}_floats`, { to: dataType.float })
  })
  graph.nodeInto('Gemm', [a ?? '', b ?? ''], 'product', { transB: 1 })
  graph.output('product', dataType.float, ['a_rows', 'b_rows'])
  return encodeModel(graph.build())
}
