// The picture that a dream's parameters stand for, as an ONNX graph.
import { bytesOf, GraphBuilder } from '../../onnx/graph-builder.ts'
import { dataType, type Model } from '../../onnx/model.ts'
import { fourierBasis, frequencyScale } from './fourier-basis.ts'

/**
 * Square root of the covariance of colours in natural images, [3, 3]: rows red, green, blue; columns
 * lightness, orange-blue, green-magenta. Published with Olah et al. 2017 (the Lucid library).
 */
const colourRoot = [0.26, 0.09, 0.02, 0.27, 0, -0.05, 0.27, -0.09, 0.03]
/** Keeps the starting picture near grey. */
const contrast = 1 / 4

/**
 * `spectrum` float32 [3, side, side] -> `image` float32 [3, side, side], RGB in 0..1:
 * sigmoid(C (Bᵀ (scale * spectrum) B) / 4) with the real Fourier basis B and the colour root C scaled
 * by its longest column.
 */
export function imageGraph(sidePx: number): Model {
  const graph = new GraphBuilder('dream')
  const shape = [3, sidePx, sidePx]
  const spectrum = graph.input('spectrum', dataType.float, shape)
  const basis = fourierBasis(sidePx)
  const turned = basis.map((_, i) => basis[(i % sidePx) * sidePx + Math.floor(i / sidePx)] ?? 0)
  const matrix = (name: string, data: Float32Array): string =>
    graph.constant(name, dataType.float, [sidePx, sidePx], bytesOf(data))
  const scaled = graph.node(
    'Mul',
    [
      spectrum,
      matrix(
        'scale',
        frequencyScale(sidePx).map((value) => value * contrast),
      ),
    ],
    'scaled',
  )
  const rows = graph.node('MatMul', [matrix('basis_transposed', turned), scaled], 'rows')
  const planes = graph.node('MatMul', [rows, matrix('basis', basis)], 'planes')
  const longest = Math.max(
    ...[0, 1, 2].map((c) => Math.hypot(...[0, 3, 6].map((row) => colourRoot[row + c] ?? 0))),
  )
  const root = graph.floats(
    'colour_root',
    colourRoot.map((value) => value / longest),
    [3, 3],
  )
  const flat = graph.node(
    'Reshape',
    [planes, graph.int64s('flat', [3, sidePx ** 2])],
    'flat_planes',
  )
  const mixed = graph.node('MatMul', [root, flat], 'mixed')
  const logits = graph.node('Reshape', [mixed, graph.int64s('square', shape)], 'colours')
  graph.output(graph.node('Sigmoid', [logits], 'image'), dataType.float, shape)
  return graph.build()
}
