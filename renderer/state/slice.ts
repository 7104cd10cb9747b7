// What every slice is made of: the whole state's type and what slices are given.
import type { StateCreator } from 'zustand'
import type { LatentApi } from '../../preload/contract/api.ts'
import type { AppSlice } from './app-slice.ts'
import type { EngineSlice } from './engine-slice.ts'
import type { InspectionsSlice } from './inspections-slice.ts'
import type { JobsSlice } from './jobs-slice.ts'
import type { LibrarySlice } from './library-slice.ts'
import type { NoticesSlice } from './notices-slice.ts'
import type { PreviewSlice } from './preview-slice.ts'
import type { ProblemsSlice } from './problems-slice.ts'
import type { QuerySlice } from './query-slice.ts'
import type { RowsSlice } from './rows-slice.ts'
import type { SelectionSlice } from './selection-slice.ts'
import type { SettingsSlice } from './settings-slice.ts'

export interface LatentState
  extends AppSlice,
    EngineSlice,
    InspectionsSlice,
    JobsSlice,
    LibrarySlice,
    NoticesSlice,
    PreviewSlice,
    ProblemsSlice,
    QuerySlice,
    RowsSlice,
    SelectionSlice,
    SettingsSlice {}

export interface SliceDependencies {
  readonly api: LatentApi
  readonly now: () => number
}

export type Slice<Part> = (
  dependencies: SliceDependencies,
) => StateCreator<LatentState, [], [], Part>
