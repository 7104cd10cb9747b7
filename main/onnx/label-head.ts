// Turns vectors of labels into the last layer of a classifier: the nearest label is the likeliest.
import { GraphError, graphOf } from './graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { dataType, type Model } from './model.ts'

export interface LabelHead {
  /** Rows of unit length, [labels, dim]. */
  readonly vectors: Float32Array
  readonly dim: number
  /** What cosines are multiplied by: learnt with the networks. */
  readonly scale: number
}

/**
 * A graph from `embedding`, float32 [N, dim], to `logits` = scale * cosine and
 * `probabilities`, their softmax, both float32 [N, labels] (zero-shot classification: Radford et
 * al. 2021).
 */
export function labelHeadGraph(head: LabelHead): Model {
  const graph = new GraphBuilder('label_head')
  addScores(graph, graph.input('embedding', dataType.float, ['N', head.dim]), head)
  return graph.build()
}

/**
 * The same behind an encoder, as {@link ./classifier-head.ts} ends it.
 *
 * @throws GraphError for a graph without its vector
 */
export function withLabelHead(encoder: Model, head: LabelHead): Model {
  // The vector before it is rounded to half floats, which not every device computes with.
  const rounding = graphOf(encoder).nodes.find(({ outputs }) => outputs[0] === 'embedding')
  const vector = rounding?.opType === 'Cast' ? rounding.inputs[0] : undefined
  if (vector === undefined) throw new GraphError('Expected an encoder but found no embedding')
  const graph = new GraphBuilder(encoder)
  addScores(graph, vector, head)
  return graph.build()
}

function addScores(graph: GraphBuilder, vector: string, head: LabelHead): void {
  const { dim, scale } = head
  const count = head.vectors.length / dim
  const columns = Float32Array.from({ length: count * dim }, (_, at) => {
    const [row, label] = [Math.floor(at / count), at % count]
    return (head.vectors[label * dim + row] ?? 0) * scale
  })
  const weights = graph.floats('label_vectors', columns, [dim, count])
  const logits = graph.node('MatMul', [vector, weights], 'logits')
  const probabilities = graph.node('Softmax', [logits], 'probabilities', { axis: 1 })
  graph.output(logits, dataType.float, ['N', count])
  graph.output(probabilities, dataType.float, ['N', count])
}
