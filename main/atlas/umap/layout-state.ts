// What the threads of a layout share.
import type { Curve } from './curve.ts'
import { type Forces, forcesOf } from './forces.ts'
import type { Graph } from './fuzzy-graph.ts'

/** Positions have three coordinates in memory; those of a flat layout have z = 0 and keep it. */
export const stride = 3

export interface LayoutState {
  readonly graph: Graph
  readonly forces: Forces
  /**
   * Positions before an epoch of even and of odd number, [count, 3] each: an epoch reads the one and
   * writes the other, so that every point moves by the positions that all had before it and the
   * outcome does not depend on how points are dealt out to threads.
   */
  readonly buffers: readonly [Float32Array, Float32Array]
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
  /** Epochs done since the start of the layout. */
  epoch: 0,
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
  readonly firstMovable?: number
  readonly learningRate?: number
}

export function layoutState(graph: Graph, options: LayoutOptions): LayoutState {
  // Both: points that stay are never written again.
  const buffer = (): Float32Array => {
    const copy = new Float32Array(new SharedArrayBuffer(options.positions.byteLength))
    copy.set(options.positions)
    return copy
  }
  return {
    graph,
    forces: forcesOf(options.curve),
    buffers: [buffer(), buffer()],
    control: new Int32Array(new SharedArrayBuffer(Object.keys(control).length * 4)),
    mostWeight: graph.weights.reduce((most, weight) => Math.max(most, weight), 0),
    firstMovable: options.firstMovable ?? 0,
    epochs: options.epochs,
    seed: options.seed,
    learningRate: options.learningRate ?? 1,
  }
}

/** As they are after the last complete epoch. */
export const positionsOf = ({ buffers, control: shared }: LayoutState): Float32Array =>
  buffers[Atomics.load(shared, control.epoch) % 2 === 0 ? 0 : 1]
