// The most that ONNX Runtime's matrix product gives on this machine.
import { GraphSession } from '../../main/engine/graph-session.ts'
import { encodeModel } from '../../main/onnx/codec.ts'
import { GraphBuilder } from '../../main/onnx/graph-builder.ts'
import { dataType } from '../../main/onnx/model.ts'

const side = 2_048
const runs = 12

/** @returns billions of floating-point operations a second, the best of some runs */
export async function gemmPeak(threads: number): Promise<number> {
  const graph = new GraphBuilder('gemm')
  const dims = [side, side]
  const [a, b] = [graph.input('a', dataType.float, dims), graph.input('b', dataType.float, dims)]
  graph.output(graph.node('MatMul', [a, b], 'c'), dataType.float, dims)
  const session = await GraphSession.create(encodeModel(graph.build()), { threads })
  const data = Float32Array.from({ length: side * side }, (_, i) => (i % 17) / 17)
  let bestMs = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await session.run({ a: { data, dims }, b: { data, dims } })
    bestMs = Math.min(bestMs, performance.now() - start)
  }
  await session.dispose()
  return (2 * side ** 3) / bestMs / 1e6
}
