// What a gradient rule sees of one node, and the nodes that most rules need.
import type { GraphIndex } from '../graph.ts'
import type { AttributeValue, GraphBuilder } from '../graph-builder.ts'
import { dataType, type Node } from '../model.ts'
import type { Facts, Shape } from '../shapes/shape.ts'
import { GradientError } from './gradient-error.ts'

/**
 * Gives the gradient of each input as a value name, given those of the outputs; undefined where
 * none is asked for. A vector-Jacobian product: sum over outputs of cotangent * d(output)/d(input).
 */
export type GradientRule = (step: BackwardStep) => readonly (string | undefined)[]
export type GradientRules = Readonly<Record<string, GradientRule>>

export interface StepContext {
  readonly graph: GraphBuilder
  readonly index: GraphIndex
  readonly known: ReadonlyMap<string, Facts>
  readonly opset: number
  /** Whether the gradient of a value is asked for. */
  readonly isWanted: (value: string) => boolean
}

export class BackwardStep {
  /** @param cotangents gradient of each output of the node; undefined where it plays no part */
  constructor(
    readonly node: Node,
    private readonly cotangents: readonly (string | undefined)[],
    readonly context: StepContext,
  ) {}

  get opset(): number {
    return this.context.opset
  }

  /** Gradient of the first output. */
  get cotangent(): string {
    return this.cotangents[0] ?? this.fail('unsupported-op', 'Expected a gradient of output 0')
  }

  cotangentAt(position: number): string | undefined {
    return this.cotangents[position]
  }

  input(position: number): string {
    return this.node.inputs[position] ?? ''
  }

  output(position = 0): string {
    return this.node.outputs[position] ?? ''
  }

  wants(position: number): boolean {
    return this.input(position) !== '' && this.context.isWanted(this.input(position))
  }

  /** Refuses gradients of other inputs than these: most rules leave weights alone. */
  only(...positions: readonly number[]): void {
    this.node.inputs.forEach((name, position) => {
      if (this.wants(position) && !positions.includes(position)) {
        this.fail('unsupported-op', `Expected no gradient of ${name}, input ${position}`)
      }
    })
  }

  facts(value: string): Facts | undefined {
    return this.context.known.get(value)
  }

  /** @throws GradientError when the rank is unknown */
  shape(value: string): Shape {
    return (
      this.facts(value)?.shape ??
      this.fail('unknown-shape', `Expected a known shape of ${value} for its gradient`)
    )
  }

  /** The length of one axis. @throws GradientError when it is free or unknown */
  size(value: string, axis: number): number {
    const size = this.shape(value)[axis]
    if (typeof size === 'number') return size
    return this.fail('unknown-shape', `Expected a known length of axis ${axis} of ${value}`)
  }

  /** Elements of a small integer input. */
  integers(position: number): readonly number[] | undefined {
    const elements = this.facts(this.input(position))?.elements
    const numbers = elements?.filter((element) => typeof element === 'number')
    return numbers?.length === elements?.length ? numbers : undefined
  }

  fail(problem: 'unsupported-op' | 'unknown-shape', message: string): never {
    throw new GradientError(problem, message, this.node)
  }

  emit(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    return this.context.graph.node(opType, inputs, `backward/${opType}`, attributes)
  }

  scalar(value: number): string {
    return this.context.graph.scalar('backward/scalar', value)
  }

  floats(values: readonly number[], dims: readonly number[]): string {
    return this.context.graph.floats('backward/floats', values, dims)
  }

  int64s(values: readonly number[]): string {
    return this.context.graph.int64s('backward/ints', values)
  }

  times(value: string, factor: number): string {
    return factor === 1 ? value : this.emit('Mul', [value, this.scalar(factor)])
  }

  /** 1 where the condition holds, 0 elsewhere, in float32. */
  mask(condition: string): string {
    return this.emit('Cast', [condition], { to: dataType.float })
  }

  shapeOf(value: string): string {
    return this.emit('Shape', [value])
  }

  reshapeLike(value: string, model: string): string {
    return this.emit('Reshape', [value, this.shapeOf(model)])
  }

  sum(value: string, axes: readonly number[], keepdims: 0 | 1): string {
    if (axes.length === 0) return value
    return this.emit('ReduceSum', [value, this.int64s(axes)], { keepdims })
  }
}
