// The things both sides of the app talk about: photos, labels, jobs, libraries.
import { z } from 'zod'
import { type ProviderTrial, providerChoice } from './providers.ts'
import type { Truth } from './truth-name.ts'

/**
 * What became of a file.
 * - `pending`: known, not analysed yet.
 * - `ok`: decoded and classified.
 * - `damaged`: decoded in part; labels come from what could be read.
 * - `unsupported`: an image format that Latent cannot decode.
 * - `refused`: decoding would take more memory than the budget.
 * - `unreadable`: cannot be opened or is no image.
 * - `timeout`: decoding took too long and was stopped.
 * - `crashed`: the decoder or engine died on it twice.
 */
export const photoStatus = z.enum([
  'pending',
  'ok',
  'damaged',
  'unsupported',
  'refused',
  'unreadable',
  'timeout',
  'crashed',
])
export type PhotoStatus = z.infer<typeof photoStatus>

/** Every status that the Activity view lists as a problem. */
export const problemStatuses = [
  'damaged',
  'unsupported',
  'refused',
  'unreadable',
  'timeout',
  'crashed',
] as const satisfies readonly PhotoStatus[]

/** One predicted class. `probability` is in 0..1 after softmax. */
export const label = z.object({
  index: z.int().min(0),
  /** WordNet 3.0 id as in ImageNet (n01440764); empty for other label sets. */
  wnid: z.string(),
  name: z.string(),
  probability: z.number(),
})
export type Label = Readonly<z.infer<typeof label>>

export const photoId = z.int().min(1)

/** What a grid tile shows. */
export interface PhotoRow {
  readonly id: number
  readonly name: string
  readonly status: PhotoStatus
  /** Upright size in pixels (EXIF orientation applied); 0 while unknown. */
  readonly widthPx: number
  readonly heightPx: number
  /** `#rrggbb`, shown until the thumbnail is there. */
  readonly dominantColour: string
  readonly hasThumbnail: boolean
  /** Best first, at most 3. */
  readonly labels: readonly Label[]
  /** What a person says it shows; null when nobody spoke of it. */
  readonly truth: Truth | null
}

/** What the preview and its side panel show. */
export interface PhotoDetail extends PhotoRow {
  /** Folder inside the library, `/`-separated, without the file name. */
  readonly folder: string
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  /** EXIF DateTimeOriginal as local wall time in ISO form without a zone, or null. */
  readonly takenAt: string | null
  readonly camera: string | null
  readonly format: string
  /** EXIF orientation 1..8. */
  readonly orientation: number
  /** Why the status is not `ok`, for a person; empty otherwise. */
  readonly reason: string
  readonly decodeMs: number
  readonly inferMs: number
  readonly model: string
  /** Best first, 5. */
  readonly topLabels: readonly Label[]
}

export interface Revealed {
  /** A window of the file manager for each. */
  readonly folderCount: number
  readonly opened: boolean
}

export interface Problem {
  readonly id: number
  readonly name: string
  readonly folder: string
  readonly status: PhotoStatus
  readonly reason: string
  readonly hasThumbnail: boolean
}

export interface LabelCount {
  readonly index: number
  readonly name: string
  readonly count: number
}

export interface LibrarySummary {
  readonly id: string
  /** Folder name. */
  readonly name: string
  /** Where it lies, for display only. */
  readonly location: string
  /** Whose results are shown. */
  readonly modelId: string
  /** The folder is not reachable at the moment (a drive that is away). */
  readonly offline: boolean
  readonly photoCount: number
  /** Analysed, by whatever model. */
  readonly doneCount: number
  /** Photos without results of the model in use. */
  readonly waitingCount: number
  readonly problemCount: number
  /** Raised by every change to the photos: a query made at an older one is stale. */
  readonly revision: number
}

export interface RecentLibrary {
  readonly id: string
  readonly name: string
  readonly location: string
  readonly photoCount: number
  readonly openedAtMs: number
  readonly offline: boolean
}

export type JobState = 'scanning' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed'

export interface Job {
  readonly id: string
  readonly kind: 'index' | 'retry'
  /** "Indexing Holidays". */
  readonly title: string
  readonly state: JobState
  /** Files found so far; grows while scanning. */
  readonly total: number
  readonly done: number
  readonly problems: number
  readonly photosPerSecond: number
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null
  /** What it is doing or why it ended, for a person: "Measuring this computer, once". */
  readonly note: string
  readonly startedAtMs: number
  readonly endedAtMs: number | null
}

export interface EngineStatus {
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed'
  readonly model: string
  readonly modelId: string
  /** "cpu", "cuda", "dml", "coreml", "webgpu". */
  readonly executionProvider: string
  /** Why this one: "It is the only one that works here." */
  readonly whyProvider: string
  readonly trials: readonly ProviderTrial[]
  readonly threads: number
  readonly batchSize: number
  readonly decodeWorkers: number
  /** Why it failed, when it did. */
  readonly reason: string
}

/** What a dropped or pasted image turned out to be. */
export interface Inspection {
  readonly id: string
  readonly name: string
  readonly status: PhotoStatus
  readonly reason: string
  readonly widthPx: number
  readonly heightPx: number
  readonly sizeBytes: number
  readonly takenAt: string | null
  readonly camera: string | null
  readonly format: string
  /** Whether the network looked at it: false for what cannot be read. */
  readonly wasSeen: boolean
  /** Best first, 5; empty for a model without labels. */
  readonly labels: readonly Label[]
  readonly decodeMs: number
  readonly inferMs: number
  readonly model: string
  readonly executionProvider: string
  /** False for a pasted image: it has no file to add. */
  readonly canBeAdded: boolean
}

export const sortKey = z.enum(['date', 'name', 'probability'])

export const photoFilter = z.object({
  /** Free text matched against label names, file names and folders; empty = all. */
  text: z.string().max(200),
  /** Class indices; a photo passes when its best label is among them. Empty = all. */
  labels: z.array(z.int().min(0)).max(1000),
  /** A label counts from this probability on, 0..1; above 0 a photo needs one that counts. */
  minProbability: z.number().min(0).max(1),
  /** Empty = all. */
  statuses: z.array(photoStatus),
  /**
   * Photos that a person spoke of, or whose best label is not what they really show, as a person,
   * the folder or the file name says. Null = all.
   */
  truth: z.enum(['corrected', 'wrong']).nullable(),
  /** What photos are to show, in words; needs a model with a text network. Absent or empty = all. */
  described: z.string().max(200).optional(),
  /** Cosine of the description and a photo from which on it is shown; all when absent. */
  similarFrom: z.number().min(-1).max(1).optional(),
})
export type PhotoFilter = Readonly<z.infer<typeof photoFilter>>

export const photoSort = z.object({ by: sortKey, descending: z.boolean() })
export type PhotoSort = Readonly<z.infer<typeof photoSort>>

/** The ordered ids of a query with what a layout needs: three parallel arrays. */
export interface PhotoList {
  readonly revision: number
  readonly ids: Uint32Array
  /** Upright size; 0 while unknown. */
  readonly widthsPx: Uint32Array
  readonly heightsPx: Uint32Array
  /** To the description, -1 to 1, best first; only where there was one. */
  readonly similarities?: Float32Array
}

export const settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  /** Labels under it are not shown as chips. */
  minProbability: z.number().min(0).max(1),
  rowHeightPx: z.int().min(80).max(480),
  /** Which execution provider is to run the network, if it can. */
  provider: providerChoice,
})
export type Settings = Readonly<z.infer<typeof settings>>

export interface AppInfo {
  readonly version: string
  readonly platform: string
  /** "Electron 45.4.1 (official)". */
  readonly runtime: string
}
