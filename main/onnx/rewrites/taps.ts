// Makes values inside a graph readable from outside.
import { GraphError, graphOf, indexGraph } from '../graph.ts'
import { valueInfo } from '../graph-builder.ts'
import type { Model, ValueInfo } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import type { Facts } from '../shapes/shape.ts'

/**
 * Adds values to the outputs, with their types and, where they are known, their shapes. Nothing else
 * changes, so a tap is the very value that the graph computes.
 *
 * @param values of any depth; those that are outputs already are left alone
 * @throws GraphError naming a value that the graph does not make
 */
export function addTaps(model: Model, values: readonly string[]): Model {
  const graph = graphOf(model)
  const index = indexGraph(graph)
  const known = inferShapes(model, index)
  const present = new Set(graph.outputs.map(({ name }) => name))
  const taps: ValueInfo[] = []
  for (const value of new Set(values)) {
    if (present.has(value)) continue
    if (!index.producers.has(value)) {
      throw new GraphError(`Expected a value that the graph makes but received ${value}`)
    }
    taps.push(outputInfo(value, known.get(value)))
  }
  return { ...model, graph: { ...graph, outputs: [...graph.outputs, ...taps] } }
}

/** How a graph declares a value among its inputs or outputs; axes of unknown length are free. */
export function outputInfo(name: string, known: Facts | undefined): ValueInfo {
  if (known?.elemType === undefined) return { name }
  if (known.shape === undefined) return { name, type: { tensor: { elemType: known.elemType } } }
  const dims = known.shape.map((size, axis) => size ?? `${name}_${axis}`)
  return valueInfo(name, known.elemType, dims)
}
