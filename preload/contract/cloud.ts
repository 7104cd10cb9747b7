// What the Cloud is made of: a library's photos as points, their layout, groups and neighbours.
import { z } from 'zod'
import type { PhotoRow } from './domain.ts'
import { photoId } from './domain.ts'
import { modelId } from './model-card.ts'

/** How photos are laid out; a change means a new layout. */
export const cloudSettings = z.object({
  dims: z.union([z.literal(2), z.literal(3)]),
  /** Of each photo, itself not counted. */
  neighbours: z.int().min(2).max(200),
  /** How closely like photos may lie, 0 to 1. */
  minDist: z.number().min(0).max(1),
  /** The cosine from the library's mean, or the plain one. */
  metric: z.enum(['centred', 'cosine']),
  seed: z.int().min(0).max(0xffff_ffff),
})
export type CloudSettings = Readonly<z.infer<typeof cloudSettings>>

export const firstCloudSettings: CloudSettings = {
  dims: 3,
  neighbours: 15,
  minDist: 0.1,
  metric: 'centred',
  seed: 1,
}

/** How true a layout is to the embeddings; 1 is perfect. */
export interface LayoutFacts {
  /** Neighbours that both figures look at. */
  readonly k: number
  /** Neighbours in the layout are neighbours by embedding. */
  readonly trustworthiness: number
  /** Neighbours by embedding are neighbours in the layout. */
  readonly continuity: number
  /** Photos that the two were measured on, chosen at random. */
  readonly sampled: number
  /** False when neighbours were looked for in near cells only. */
  readonly exactNeighbours: boolean
  /** Until the layout stood. */
  readonly seconds: number
}

export interface CloudCluster {
  /** From the photos' labels, best first: "dogs, hunting dogs". */
  readonly name: string
  readonly size: number
}

/**
 * - `empty`: no photo has an embedding yet.
 * - `working`: a layout is being made; positions may already be there and move.
 * - `ready`: the layout stands.
 * - `failed`: see `reason`; earlier positions stay.
 */
export type CloudState = 'empty' | 'working' | 'ready' | 'failed'

export interface CloudStatus {
  readonly libraryId: string
  readonly state: CloudState
  /** What is done now; null when nothing is. */
  readonly stage: 'components' | 'neighbours' | 'layout' | 'quality' | 'placing' | 'clusters' | null
  /** Of the stage, 0 to 1. */
  readonly fraction: number
  /** Why it failed, for a person; empty otherwise. */
  readonly reason: string
  readonly settings: CloudSettings
  /** What the shown positions are: first components, or the layout itself. */
  readonly method: 'pca' | 'umap'
  /** Null until a layout stands. */
  readonly facts: LayoutFacts | null
  readonly pointCount: number
  /** Points put among the others by their neighbours since the layout was made. */
  readonly placedCount: number
  /** Raised when photos come, go or change: ask for `cloud:points` again. */
  readonly pointsRevision: number
  /** Raised when points move: ask for `cloud:positions` again. Points keep their order. */
  readonly positionsRevision: number
  /** Raised when groups change: ask for `cloud:clusters` again. */
  readonly clustersRevision: number
  /** Largest first. */
  readonly clusters: readonly CloudCluster[]
}

/** Every photo that has an embedding, by columns in one order, ascending by id. */
export interface CloudPoints {
  readonly revision: number
  readonly ids: Uint32Array
  /** What each shows most probably: a class index. */
  readonly classes: Uint32Array
  /** Of that class, 0 to 1. */
  readonly probabilities: Float32Array
  /** When taken, else when the file last changed; milliseconds of local wall time since 1970. */
  readonly takenAtMs: Float64Array
  /** Places in `cameraNames`; 0 where unknown. */
  readonly cameras: Uint16Array
  /** Places in `folderNames`. */
  readonly folders: Uint32Array
  /** Main colour of the picture, [points, 3]. */
  readonly coloursRgb: Uint8Array
  /** Width over height, upright. */
  readonly aspects: Float32Array
  readonly classNames: Readonly<Record<number, string>>
  /** The first is empty: unknown. */
  readonly cameraNames: readonly string[]
  /** Inside the library, `/`-separated; empty for the library's own folder. */
  readonly folderNames: readonly string[]
}

export interface CloudPositions {
  readonly revision: number
  /** Points that the positions belong to. */
  readonly pointsRevision: number
  readonly dims: 2 | 3
  /** [points, dims]. */
  readonly positions: Float32Array
}

export interface CloudClusters {
  readonly revision: number
  readonly pointsRevision: number
  /** The cluster of each point, -1 for none. */
  readonly ofPoint: Int32Array
  /** 0 to 1; near 1 lies far from any group. */
  readonly outlierScores: Float32Array
}

/** Photos to find others like, and unlike. */
export const likeness = z.object({
  more: z.array(photoId).min(1).max(1000),
  less: z.array(photoId).max(1000),
})
export type Likeness = Readonly<z.infer<typeof likeness>>

export interface CloudNeighbour {
  readonly photo: PhotoRow
  /** Cosine in the embedding from the library's mean, -1 to 1; never taken from the layout. */
  readonly similarity: number
}

/** Where an image from outside would lie. */
export interface CloudPlace {
  /** [dims] of the layout. */
  readonly position: readonly number[]
  /** Best first. */
  readonly neighbours: readonly CloudNeighbour[]
}

/** Where another model would lay the points, turned and scaled to lie as they do now. */
export interface CloudMorph {
  readonly modelId: string
  /** Points and positions that it sets out from. */
  readonly pointsRevision: number
  readonly positionsRevision: number
  readonly dims: 2 | 3
  /** [points, dims]; photos that the other model has not seen stay where they are. */
  readonly positions: Float32Array
  /** 1 for points that the other model has seen. */
  readonly isShared: Uint8Array
  /** How far each point moves, in units of the cloud's mean radius. */
  readonly distances: Float32Array
  /** Photos that only the other model has seen: they are no points. */
  readonly onlyOther: number
}

export interface CloudMorphProgress {
  readonly modelId: string
  readonly stage: 'components' | 'neighbours' | 'layout' | 'quality'
  /** Of the stage, 0 to 1. */
  readonly fraction: number
}

/** Pixels of a tile, a side. */
export const tileSidePx = 32
/** Tiles that one request may ask for. */
export const tilesAtOnce = 1024

export const cloudInputs = {
  settings: cloudSettings.partial(),
  tiles: z.object({ ids: z.array(photoId).max(tilesAtOnce) }),
  neighbours: likeness.extend({ count: z.int().min(1).max(200) }),
  similarities: likeness,
  described: z.object({ text: z.string().trim().min(1).max(200) }),
  morph: z.object({ modelId }),
  place: z.object({ inspectionId: z.string().max(100) }),
}
