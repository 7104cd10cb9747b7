// Ends a graph in the outputs that the engine reads.
import type { GraphBuilder } from './graph-builder.ts'
import { dataType } from './model.ts'

export interface ClassifierHead {
  /** Value of raw class scores, float32 [N, droppedClasses + classCount or more]. */
  readonly logits: string
  readonly classCount: number
  /** Leading classes without meaning (a background class) that are cut off before the softmax. */
  readonly droppedClasses: number
  /** Value that becomes the embedding, float32 [N, embeddingDim, H, W], averaged over H and W. */
  readonly features: string
  readonly embeddingDim: number
}

/**
 * Adds three outputs:
 * - `logits` float32 [N, classCount]
 * - `probabilities` float32 [N, classCount], softmax of the logits
 * - `embedding` float16 [N, embeddingDim], the spatial average of the features, scaled to unit
 *   L2 norm (a vector of zeros stays zero: the norm is bounded below by 1e-12)
 */
export function addClassifierHead(graph: GraphBuilder, head: ClassifierHead): void {
  const logits = graph.node(
    'Slice',
    [
      head.logits,
      graph.int64s('class_start', [head.droppedClasses]),
      graph.int64s('class_end', [head.droppedClasses + head.classCount]),
      graph.int64s('class_axis', [1]),
    ],
    'logits',
  )
  const probabilities = graph.node('Softmax', [logits], 'probabilities', { axis: 1 })
  graph.output(logits, dataType.float, ['N', head.classCount])
  graph.output(probabilities, dataType.float, ['N', head.classCount])
  addEmbedding(graph, head)
}

/**
 * Adds the output `embedding` alone, for a network without class scores; see
 * {@link addClassifierHead}.
 */
export function addEmbedding(
  graph: GraphBuilder,
  { features, embeddingDim }: Pick<ClassifierHead, 'features' | 'embeddingDim'>,
): void {
  const pooled = graph.reduce('ReduceMean', features, [2, 3], 'pooled')
  const norm = graph.reduce('ReduceL2', pooled, [1], 'embedding_norm', 1)
  const bounded = graph.node('Max', [norm, graph.floats('least_norm', [1e-12])], 'bounded_norm')
  const unit = graph.node('Div', [pooled, bounded], 'embedding_float')
  const embedding = graph.node('Cast', [unit], 'embedding', { to: dataType.float16 })
  graph.output(embedding, dataType.float16, ['N', embeddingDim])
}
