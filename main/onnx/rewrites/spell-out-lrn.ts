// Local response normalisation in operators that every execution provider has.
import { floatAttribute, intAttribute } from '../attributes.ts'
import { graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder, nodeOf } from '../graph-builder.ts'
import type { Model, Node } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'

/**
 * y = x / (bias + alpha / size * Σ x²)^beta, over a window of neighbouring channels (Krizhevsky et al.
 * 2012, section 3.3; ONNX operator LRN). The sums are a 1 x 1 Conv whose weights are a band about the
 * diagonal. Values keep their names; what is no map of known channels stays as it is.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function spellOutLrn(model: Model): Model {
  const index = indexGraph(graphOf(model))
  if (!index.nodes.some(isLrn)) return model
  const known = inferShapes(model, index)
  const builder = new GraphBuilder(model)
  const nodes = index.nodes.flatMap((node) => {
    const shape = known.get(node.inputs[0] ?? '')?.shape
    const channels = shape?.length === 4 ? shape[1] : undefined
    return isLrn(node) && typeof channels === 'number'
      ? spelledOut(node, channels, builder)
      : [node]
  })
  return { ...model, graph: { ...graphOf(builder.build()), nodes } }
}

const isLrn = ({ opType, domain }: Node): boolean => opType === 'LRN' && (domain ?? '') === ''

function spelledOut(node: Node, channels: number, builder: GraphBuilder): readonly Node[] {
  const [x = ''] = node.inputs
  const [y = ''] = node.outputs
  const name = (part: string): string => builder.unique(`${y}/${part}`)
  const [square, base, power] = [name('square'), name('base'), name('power')]
  const bias = new Float32Array(channels).fill(floatAttribute(node, 'bias', 1))
  return [
    nodeOf('Mul', [x, x], square),
    nodeOf(
      'Conv',
      [
        square,
        builder.floats(`${y}/band`, band(node, channels), [channels, channels, 1, 1]),
        builder.floats(`${y}/bias`, bias),
      ],
      base,
      { kernel_shape: [1, 1] },
    ),
    ...raised(base, floatAttribute(node, 'beta', 0.75), power, builder),
    nodeOf('Div', [x, power], y),
  ]
}

/** value^beta; that of 0.75, which everybody uses, without logarithms: √x √√x. */
function raised(
  value: string,
  beta: number,
  power: string,
  builder: GraphBuilder,
): readonly Node[] {
  if (Math.abs(beta - 0.75) > 1e-6) {
    return [nodeOf('Pow', [value, builder.scalar(`${power}/beta`, beta)], power)]
  }
  const [root, fourthRoot] = [
    builder.unique(`${power}/root`),
    builder.unique(`${power}/fourth_root`),
  ]
  return [
    nodeOf('Sqrt', [value], root),
    nodeOf('Sqrt', [root], fourthRoot),
    nodeOf('Mul', [root, fourthRoot], power),
  ]
}

/** alpha / size where an output's window holds the input channel; [outputs, inputs]. */
function band(node: Node, channels: number): Float32Array {
  const size = intAttribute(node, 'size', 1)
  const share = floatAttribute(node, 'alpha', 1e-4) / size
  const before = Math.floor((size - 1) / 2)
  const weights = new Float32Array(channels * channels)
  for (let c = 0; c < channels; c++) {
    const end = Math.min(channels, c - before + size)
    weights.fill(share, c * channels + Math.max(0, c - before), c * channels + end)
  }
  return weights
}
