// What a shape rule sees of one node.
import type { Node } from '../model.ts'
import { type Facts, type Shape, unknownFacts } from './shape.ts'

export class ShapeStep {
  constructor(
    readonly node: Node,
    readonly opset: number,
    private readonly known: ReadonlyMap<string, Facts>,
  ) {}

  /** Facts of an input; unknown ones for an absent input. */
  input(position: number): Facts {
    return this.known.get(this.node.inputs[position] ?? '') ?? unknownFacts
  }

  shape(position: number): Shape | undefined {
    return this.input(position).shape
  }

  has(position: number): boolean {
    return (this.node.inputs[position] ?? '') !== ''
  }

  /** Elements of an integer input, when every one of them is a known number. */
  integers(position: number): readonly number[] | undefined {
    const { elements } = this.input(position)
    if (elements === undefined) return undefined
    const numbers = elements.filter((element) => typeof element === 'number')
    return numbers.length === elements.length ? numbers : undefined
  }
}

/** Facts of each output; undefined where the rule cannot tell. */
export type ShapeRule = (step: ShapeStep) => readonly Facts[] | undefined
export type ShapeRules = Readonly<Record<string, ShapeRule>>
