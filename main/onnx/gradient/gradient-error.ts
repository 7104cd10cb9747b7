// Why a gradient cannot be built.
import { nodeLabel } from '../graph.ts'
import type { Node } from '../model.ts'

export type GradientProblem =
  /** No rule for an operator on the path, or for the input that the path takes. */
  | 'unsupported-op'
  /** A size on the path is needed and is not known before the graph runs. */
  | 'unknown-shape'
  /** The value asked for is not in the graph. */
  | 'unknown-value'
  /** No path leads from the value to the output. */
  | 'independent'

export class GradientError extends Error {
  override readonly name = 'GradientError'
  /** Operator and node where the path ends, when it ends at one. */
  readonly op: string | undefined
  readonly node: string | undefined

  constructor(
    readonly problem: GradientProblem,
    message: string,
    node?: Node,
  ) {
    super(node === undefined ? message : `${message} (${node.opType} ${nodeLabel(node)})`)
    this.op = node?.opType
    this.node = node === undefined ? undefined : nodeLabel(node)
  }
}
