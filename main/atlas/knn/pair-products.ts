// Products of two blocks of rows, of which only each row's greatest leave ONNX Runtime.
import { GraphSession } from '../../engine/graph-session.ts'
import { encodeModel } from '../../onnx/codec.ts'
import { GraphBuilder, nodeOf } from '../../onnx/graph-builder.ts'
import { dataType } from '../../onnx/model.ts'

/** For each row the rows of the other block with the greatest products, best first. */
export interface Best {
  readonly perRow: number
  /** [rows, perRow]. */
  readonly products: Float32Array
  /** Numbers of rows in the other block, [rows, perRow]. */
  readonly indices: Float32Array
}

export class PairProducts {
  private constructor(
    private readonly session: GraphSession,
    private readonly dim: number,
  ) {}

  /** @param k how many products of each row to keep; fewer where a block has fewer rows */
  static async create(dim: number, k: number, threads: number): Promise<PairProducts> {
    return new PairProducts(await GraphSession.create(productGraph(dim, k), { threads }), dim)
  }

  /** @param a half floats as their bits, [rows, dim]; b the same */
  async of(a: Uint16Array, b: Uint16Array): Promise<{ readonly ofA: Best; readonly ofB: Best }> {
    const { dim } = this
    const outputs = await this.session.run({
      a: { data: a, dims: [a.length / dim, dim] },
      b: { data: b, dims: [b.length / dim, dim] },
    })
    return { ofA: best(outputs, 'a'), ofB: best(outputs, 'b') }
  }

  dispose(): Promise<void> {
    return this.session.dispose()
  }
}

function best(outputs: Awaited<ReturnType<GraphSession['run']>>, of: 'a' | 'b'): Best {
  const products = outputs[`${of}_products`]
  const indices = outputs[`${of}_indices`]
  if (products === undefined || indices === undefined) throw new Error('Expected products')
  return { perRow: products.dims[1] ?? 0, products: products.data, indices: indices.data }
}

/**
 * a [m, dim], b [n, dim] half -> of the float product a b' [m, n] the k greatest of each row, and of
 * each column, with where they stand. Indices are floats, exact up to 2^24.
 */
function productGraph(dim: number, k: number): Uint8Array {
  const graph = new GraphBuilder('pairs')
  const [a, b] = (['a', 'b'] as const).map((name) => {
    const rows = name === 'a' ? 'm' : 'n'
    const halves = graph.input(name, dataType.float16, [rows, dim])
    return graph.node('Cast', [halves], `${name}_floats`, { to: dataType.float })
  })
  const product = graph.node('Gemm', [a ?? '', b ?? ''], 'product', { transB: 1 })
  const turned = graph.node('Transpose', [product], 'turned', { perm: [1, 0] })
  for (const [name, of, rows] of [
    ['a', product, 'm'],
    ['b', turned, 'n'],
  ] as const) {
    const columns = graph.node('Shape', [of], `${name}_columns`, { start: 1 })
    const count = graph.node('Min', [columns, graph.int64s(`${name}_k`, [k])], `${name}_count`)
    const values = graph.node('TopK', [of, count], `${name}_products`, { axis: 1 })
    const indices = graph.secondOutput(nodeOf('TopK', [of, count], values), `${name}_places`)
    const floats = graph.nodeInto('Cast', [indices], `${name}_indices`, { to: dataType.float })
    graph.output(values, dataType.float, [rows, `${name}_k`])
    graph.output(floats, dataType.float, [rows, `${name}_k`])
  }
  return encodeModel(graph.build())
}
