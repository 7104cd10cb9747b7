// What main asks of the processes that make an activation atlas. Everything is structured-cloneable.
import type { PhotoSet } from '../atlas/protocol.ts'
import type { ImageSource } from '../engine/protocol.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'

export interface PhotoToSample {
  readonly id: number
  readonly source: ImageSource
  readonly modifiedAtMs: number
}

export interface SampleRequest {
  readonly spec: NetworkSpec
  readonly layer: string
  /** Where samples are kept, see SampleFile. */
  readonly folder: string
  readonly key: string
  readonly photos: readonly PhotoToSample[]
  readonly perPhoto: number
  readonly seed: number
}

export interface SampleProgress {
  readonly done: number
  readonly total: number
  readonly skipped: number
}

export interface SampleAnswer {
  /** Photos that could not be read. */
  readonly skipped: number
}

/** Sampled activations in the plane, to be put into cells. */
export interface GridRequest {
  /** Unit vectors; ids are slots + 1, ascending. */
  readonly set: PhotoSet
  /** [samples, 2]. */
  readonly positions: Float32Array
  /** Lengths of the vectors, [samples]. */
  readonly norms: Float32Array
  /** The photo of each sample, [samples]. */
  readonly photoIds: Uint32Array
  /** Cells a side, of each level. */
  readonly sides: readonly number[]
  /** A cell with fewer is left out. */
  readonly leastSamples: number
}

export interface GridLevel {
  readonly side: number
  /** Of each cell, by rows. */
  readonly columns: Uint16Array
  readonly rows: Uint16Array
  readonly counts: Uint32Array
  readonly photoCounts: Uint32Array
  /** Mean activation, not scaled to unit length, [cells, channels]. */
  readonly means: Float32Array
  /** Samples most like the mean, one a photo, best first, [cells, bestCount]; none: noSample. */
  readonly best: Uint32Array
  /** Their cosines, [cells, bestCount]. */
  readonly similarities: Float32Array
  /** The cell of each sample; -1 where there is none. */
  readonly ofSample: Int32Array
}

export const bestCount = 12
export const noSample = 0xffff_ffff

export interface GridAnswer {
  readonly levels: readonly GridLevel[]
  /** Of all activations, [channels]. */
  readonly mean: Float32Array
  /** Standard deviation of each channel, [channels]. */
  readonly deviations: Float32Array
}

export interface EffectsRequest {
  readonly spec: NetworkSpec
  readonly layer: string
  /** [directions, channels]. */
  readonly directions: Float32Array
}

/** A rectangle of a photo, in pixels of the upright photo. */
export interface PatchWindow {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface SheetLevel {
  /** Cells a side. */
  readonly side: number
  /** Pixels of a cell, a side. */
  readonly tilePx: number
  /** Where the picture goes. */
  readonly path: string
  readonly format: 'jpeg' | 'png'
}

export interface SheetPhoto {
  readonly source: ImageSource
  readonly patches: readonly {
    /** Place in `levels`. */
    readonly level: number
    readonly column: number
    readonly row: number
    readonly window: PatchWindow
  }[]
}

export interface SheetsRequest {
  readonly levels: readonly SheetLevel[]
  readonly photos: readonly SheetPhoto[]
}
