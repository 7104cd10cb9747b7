// Gives a network one more output: how strongly each unit responds where it responds most.

import { graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { listLayers } from '../layers/list-layers.ts'
import { dataType, type Model } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'

/** Name of the output. */
export const unitMaxima = 'unit_maxima'

export interface UnitLayer {
  readonly layer: string
  readonly channels: number
}

export interface WithUnitMaxima {
  readonly model: Model
  /** Layers in the order of their units in the output. */
  readonly layers: readonly UnitLayer[]
}

/**
 * Adds the output `unit_maxima`, float16 [N, units]: of every channel of every layer (all but the
 * softmax) its greatest value over all positions. Behind a DequantizeLinear the integers are reduced
 * and only the results dequantised, which gives the same and costs a quarter.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function addUnitMaxima(model: Model): WithUnitMaxima {
  const index = indexGraph(graphOf(model))
  const known = inferShapes(model, index)
  const graph = new GraphBuilder(model)
  const layers: UnitLayer[] = []
  const parts: string[] = []
  for (const { name, value, shape, kind } of listLayers(model).layers) {
    const [channels, ...spatial] = shape ?? []
    if (channels === undefined || kind === 'softmax') continue
    const maximum = spatial.length === 2 ? greatest(value, name) : flat(value, name, spatial.length)
    parts.push(maximum)
    layers.push({ layer: name, channels })
  }
  const all = graph.node('Concat', parts, 'unit_maxima_float', { axis: 1 })
  const output = graph.node('Cast', [all], unitMaxima, { to: dataType.float16 })
  const units = layers.reduce((sum, { channels }) => sum + channels, 0)
  graph.output(output, dataType.float16, ['N', units])
  return { model: graph.build(), layers }

  function greatest(value: string, name: string): string {
    const producer = index.producers.get(value)
    const [integers = '', ...scale] = producer?.inputs ?? []
    const isByte = known.get(integers)?.elemType === dataType.uint8
    if (producer?.opType !== 'DequantizeLinear' || !isByte) {
      return graph.node('ReduceMax', [value], `${name}_maxima`, { axes: [2, 3], keepdims: 0 })
    }
    const reduced = graph.node('ReduceMax', [integers], `${name}_maxima_integers`, {
      axes: [2, 3],
      keepdims: 0,
    })
    return graph.node('DequantizeLinear', [reduced, ...scale], `${name}_maxima`)
  }

  function flat(value: string, name: string, axes: number): string {
    if (axes === 0) return value
    return graph.node('Flatten', [value], `${name}_flat`, { axis: 1 })
  }
}
