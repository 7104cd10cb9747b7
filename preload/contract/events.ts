// Every event that main sends to the renderer, with its payload.
import type { ActivationAtlasStatus, CellDream } from './activation-atlas.ts'
import type { CloudMorphProgress, CloudStatus } from './cloud.ts'
import type { EngineStatus, Job, LibrarySummary } from './domain.ts'
import type { Failure } from './errors.ts'
import type { Dream, InspectorProgress } from './inspector.ts'
import type { LabellingProgress } from './models.ts'
import type { CudaStatus } from './providers.ts'

/** A command chosen from the native menu that the renderer carries out. */
export type MenuCommand =
  | 'open-folder'
  | 'show-library'
  | 'show-inspector'
  | 'show-cloud'
  | 'show-models'
  | 'show-activity'
  | 'select-all'
  | 'find'
  | 'zoom-in'
  | 'zoom-out'

export interface Events {
  /** At most 10 a second. */
  'job:changed': Job
  /** Counts or photos changed; at most 4 a second. Null when the library was closed. */
  'library:changed': LibrarySummary | null
  'engine:changed': EngineStatus
  /** Another model is in use or being tried, or one came or went: ask for `models:overview` again. */
  'models:changed': undefined
  /** At most 5 a second. */
  'providers:cuda-changed': CudaStatus
  /** New labels are being read. */
  'labels:progress': LabellingProgress
  'menu:command': MenuCommand
  'inspector:progress': InspectorProgress
  /** A dream went on: at most 4 a second, and always at its end. */
  'dream:changed': Dream
  /** At most 5 a second, once the Cloud was opened. */
  'cloud:changed': CloudStatus
  /** While another model's layout is made; at most 20 a second. */
  'cloud:morphing': CloudMorphProgress
  /** At most 5 a second while one is made. */
  'activation-atlas:changed': ActivationAtlasStatus
  /** A cell's dream began, went on or ended. */
  'activation-atlas:dream': CellDream
  /** Something went wrong outside any request (a second instance's bad folder, a lost drive). */
  'app:failure': Failure
}

export type EventName = keyof Events

export const eventNames = [
  'job:changed',
  'library:changed',
  'engine:changed',
  'models:changed',
  'providers:cuda-changed',
  'labels:progress',
  'menu:command',
  'inspector:progress',
  'dream:changed',
  'cloud:changed',
  'cloud:morphing',
  'activation-atlas:changed',
  'activation-atlas:dream',
  'app:failure',
] as const satisfies readonly EventName[]
