// Gives a network one more output: how strongly each unit responds where it responds most.

import { type GraphIndex, graphOf, indexGraph } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { listLayers } from '../layers/list-layers.ts'
import { dataType, type Model } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import type { Facts } from '../shapes/shape.ts'
import { spanOf, windowOf } from '../shapes/window.ts'

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
 * softmax) its greatest value over all positions. Two ways save time without changing a bit: behind
 * a DequantizeLinear the integers are reduced and only the results dequantised, and a layer whose
 * every position goes through a max pooling has the maxima of the pooled, smaller map.
 *
 * @throws GraphError when no order of the nodes exists
 */
export function addUnitMaxima(model: Model): WithUnitMaxima {
  const index = indexGraph(graphOf(model))
  const known = inferShapes(model, index)
  const graph = new GraphBuilder(model)
  const layers: UnitLayer[] = []
  const parts: string[] = []
  const reduced = new Map<string, string>()
  for (const { name, value, shape, kind } of listLayers(model).layers) {
    const [channels, ...spatial] = shape ?? []
    if (channels === undefined || kind === 'softmax') continue
    parts.push(spatial.length === 2 ? greatest(value, name) : flat(value, name, spatial.length))
    layers.push({ layer: name, channels })
  }
  const all = graph.node('Concat', parts, 'unit_maxima_float', { axis: 1 })
  const output = graph.node('Cast', [all], unitMaxima, { to: dataType.float16 })
  const units = layers.reduce((sum, { channels }) => sum + channels, 0)
  graph.output(output, dataType.float16, ['N', units])
  return { model: graph.build(), layers }

  function greatest(layerValue: string, name: string): string {
    const value = pooledMap(layerValue, index, known) ?? layerValue
    const shared = reduced.get(value)
    if (shared !== undefined) return shared
    const maxima = reduce(value, name)
    reduced.set(value, maxima)
    return maxima
  }

  function reduce(value: string, name: string): string {
    const producer = index.producers.get(value)
    const [integers = '', ...scale] = producer?.inputs ?? []
    const isByte = known.get(integers)?.elemType === dataType.uint8
    if (producer?.opType !== 'DequantizeLinear' || !isByte) {
      return graph.reduce('ReduceMax', value, [2, 3], `${name}_maxima`)
    }
    const greatestIntegers = graph.reduce('ReduceMax', integers, [2, 3], `${name}_maxima_integers`)
    return graph.node('DequantizeLinear', [greatestIntegers, ...scale], `${name}_maxima`)
  }

  function flat(value: string, name: string, axes: number): string {
    if (axes === 0) return value
    return graph.node('Flatten', [value], `${name}_flat`, { axis: 1 })
  }
}

/** A unit's place in the output; undefined when there is none. */
export function unitNumber(
  layers: readonly UnitLayer[],
  layer: string,
  channel: number,
): number | undefined {
  let start = 0
  for (const { layer: name, channels } of layers) {
    if (name === layer) return channel < channels ? start + channel : undefined
    start += channels
  }
  return undefined
}

/** Between a layer and its pooling, and behind it: these keep the greatest value the greatest. */
const passing = new Set(['QuantizeLinear', 'DequantizeLinear', 'Relu', 'Identity'])

/**
 * The map after a max pooling that sees every position of a value; behind it may come operators that
 * change nothing more.
 */
function pooledMap(
  value: string,
  index: GraphIndex,
  known: ReadonlyMap<string, Facts>,
): string | undefined {
  const pool = index.consumers.get(value)?.find(({ opType }) => opType === 'MaxPool')
  const from = known.get(value)?.shape?.slice(2)
  const to = known.get(pool?.outputs[0] ?? '')?.shape?.slice(2)
  if (pool === undefined || from === undefined || to === undefined) return undefined
  const axes = windowOf(pool, undefined, from)
  const isSeen = axes?.every((axis, i) => {
    const [size, positions] = [from[i], to[i]]
    if (typeof size !== 'number' || typeof positions !== 'number') return false
    const last = (positions - 1) * axis.stride + spanOf(axis) - axis.padBegin
    return axis.dilation === 1 && axis.stride <= axis.kernel && last >= size
  })
  if (!isSeen) return undefined
  let map = pool.outputs[0] ?? ''
  for (;;) {
    const [next, ...more] = index.consumers.get(map) ?? []
    if (next === undefined || more.length > 0 || !passing.has(next.opType)) return map
    map = next.outputs[0] ?? ''
  }
}
