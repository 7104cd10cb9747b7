// What an activation atlas is made of: a layer's activations on the person's photos, as a map.
import { z } from 'zod'
import type { PhotoRow } from './domain.ts'

/**
 * - `none`: no atlas was made of this layer.
 * - `working`: one is being made; an earlier one stays to be seen.
 * - `ready`: it stands.
 * - `stopped`: by the person; what was sampled is gone on from.
 * - `failed`: see `reason`.
 */
export type ActivationAtlasState = 'none' | 'working' | 'ready' | 'stopped' | 'failed'

export interface ActivationAtlasStatus {
  readonly libraryId: string
  readonly layer: string
  readonly state: ActivationAtlasState
  readonly stage: 'sampling' | 'layout' | 'cells' | 'labels' | 'patches' | null
  /** Of the stage, 0 to 1. */
  readonly fraction: number
  /** Photos that could not be read. */
  readonly skipped: number
  /** Why it failed, for a person; empty otherwise. */
  readonly reason: string
  /** Of the atlas that can be seen; null while there is none. */
  readonly atlasId: string | null
  /** Photos that an atlas made now would look at. */
  readonly photoCount: number
  /** Since it was made photos came, went or changed. */
  readonly isStale: boolean
}

export interface AtlasCell {
  readonly column: number
  readonly row: number
  /** Activations in it, and the photos that they are from. */
  readonly samples: number
  readonly photos: number
  /** Strongest first. */
  readonly labels: readonly string[]
}

export interface AtlasLevel {
  /** Cells a side. */
  readonly side: number
  /** Pixels of a cell on the sheet of patches. */
  readonly tilePx: number
  readonly cells: readonly AtlasCell[]
}

export interface ActivationAtlas {
  readonly id: string
  readonly layer: string
  readonly modelId: string
  readonly photos: number
  readonly skipped: number
  readonly samples: number
  /** Cells with fewer samples are left out. */
  readonly leastSamples: number
  /** Labels by their linear effect on the class scores, or what the cell's photos show. */
  readonly labelsFrom: 'effect' | 'photos'
  /** How true the layout is to the activations; 1 is perfect. */
  readonly trustworthiness: number
  /** Coarsest first. */
  readonly levels: readonly AtlasLevel[]
}

/** A square of a photo, in pixels of the upright photo. */
export interface AtlasPatch {
  readonly photo: PhotoRow
  /** Cosine with the cell's mean activation. */
  readonly similarity: number
  readonly leftPx: number
  readonly topPx: number
  readonly sidePx: number
}

export interface AtlasCellDetail {
  readonly labels: readonly { readonly name: string; readonly strength: number }[]
  /** Best first, one a photo. */
  readonly patches: readonly AtlasPatch[]
}

const cellPlace = z.object({
  side: z.int().min(1).max(255),
  column: z.int().min(0).max(254),
  row: z.int().min(0).max(254),
})
export type AtlasCellPlace = Readonly<z.infer<typeof cellPlace>>

/** How far the dream of a cell is. */
export interface CellDream extends AtlasCellPlace {
  readonly atlasId: string
  readonly state: 'dreaming' | 'done' | 'failed'
  /** 0 to 1. */
  readonly fraction: number
  readonly reason: string
}

const atlasId = z.string().max(64)
/** The visible ones; what is far from the middle comes last. */
const dreamsAtOnce = 400

export const activationAtlasInputs = {
  layer: z.object({ layer: z.string().min(1).max(200) }),
  make: z.object({
    layer: z.string().min(1).max(200),
    photos: z.int().min(1).max(1_000_000),
    seed: z.int().min(0).max(0x7fff_ffff),
  }),
  cell: cellPlace.extend({ atlasId }),
  dreams: z.object({ atlasId, cells: z.array(cellPlace).max(dreamsAtOnce) }),
} as const

export const atlasSheetUrl = (id: string, side: number): string => `/activation-atlas/${id}/${side}`

export const cellDreamUrl = (id: string, { side, column, row }: AtlasCellPlace): string =>
  `/cell-dream/${id}/${side}-${column}-${row}`
