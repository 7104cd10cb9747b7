// What the threads of a layout share.
import type { Curve } from './curve.ts'
import { type Forces, forcesOf } from './forces.ts'
import type { Graph } from './fuzzy-graph.ts'

/** Positions have three coordinates in memory; those of a flat layout have z = 0 and keep it. */
export const stride = 3

/**
 * An epoch is so many steps; in each, every point whose number has that remainder moves, by the
 * positions that all had before the step. A point thus sees where the rest has gone lately, and the
 * outcome does not depend on how points are dealt out to threads.
 */
export const stepsPerEpoch = 4

export interface LayoutState {
  readonly graph: Graph
  readonly forces: Forces
  /** [count, 3], as all threads read it. */
  readonly positions: Float32Array
  /** What the running step writes. */
  readonly next: Float32Array
  /** See {@link control}. */
  readonly control: Int32Array
  /** Greatest weight of an edge: it is sampled in every epoch. */
  readonly mostWeight: number
  /** Points before it stay where they are. */
  readonly firstMovable: number
  readonly epochs: number
  readonly seed: number
  readonly learningRate: number
}

/** Places in the control array. */
export const control = {
  /** Steps done since the start of the layout. */
  step: 0,
  /** Not 0 when the layout is to stop. */
  stop: 1,
  /** The next chunk of points that nobody works on. */
  chunk: 2,
  /** Threads that wait for the others. */
  waiting: 3,
  /** Counts the times that all threads met. */
  meeting: 4,
  /** Not 0 when the last meeting found that the layout stops. */
  stopped: 5,
} as const

export interface LayoutOptions {
  readonly curve: Curve
  readonly epochs: number
  readonly seed: number
  /** [count, 3]. */
  readonly positions: Float32Array
  /** Steps done before, when a layout is taken up again. */
  readonly step?: number
  readonly firstMovable?: number
  readonly learningRate?: number
}

export function layoutState(graph: Graph, options: LayoutOptions): LayoutState {
  const positions = new Float32Array(new SharedArrayBuffer(options.positions.byteLength))
  positions.set(options.positions)
  const next = new Float32Array(new SharedArrayBuffer(options.positions.byteLength))
  const places = new Int32Array(new SharedArrayBuffer(Object.keys(control).length * 4))
  places[control.step] = options.step ?? 0
  return {
    graph,
    forces: forcesOf(options.curve),
    positions,
    next,
    control: places,
    mostWeight: graph.weights.reduce((most, weight) => Math.max(most, weight), 0),
    firstMovable: options.firstMovable ?? 0,
    epochs: options.epochs,
    seed: options.seed,
    learningRate: options.learningRate ?? 1,
  }
}
