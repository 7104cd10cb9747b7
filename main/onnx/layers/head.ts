// Finds what a classifier ends in.
import type { GraphIndex } from '../graph.ts'
import { dataType } from '../model.ts'
import type { Facts, Shape } from '../shapes/shape.ts'

export interface ClassifierOutputs {
  /** Raw scores, [N, classes] or [N, classes, 1, 1]. */
  readonly logits: string
  /** Softmax of them; undefined when the graph stops at the logits. */
  readonly probabilities: string | undefined
}

/** undefined when no output looks like scores of classes. */
export function findHead(
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
): ClassifierOutputs | undefined {
  const isScores = (name: string) => looksLikeScores(known.get(name)?.shape)
  const softmax = index.nodes.findLast(
    ({ opType, outputs }) => opType === 'Softmax' && isScores(outputs[0] ?? ''),
  )
  const probabilities = softmax?.outputs[0]
  const named = index.graph.outputs.find(({ name }) => name === 'logits')?.name
  const logits =
    named ??
    softmax?.inputs[0] ??
    index.graph.outputs.find(
      ({ name }) => isScores(name) && known.get(name)?.elemType === dataType.float,
    )?.name
  return logits === undefined ? undefined : { logits, probabilities }
}

/** [N, K], or [N, K, 1, 1] as convolutional heads give it, of more than one class. */
function looksLikeScores(shape: Shape | undefined): boolean {
  if (shape === undefined || shape.length < 2) return false
  const [, classes, ...spatial] = shape
  return classes !== 1 && spatial.every((size) => size === 1)
}
