// What every slice is made of: the whole state's type and what slices are given.
import type { StateCreator } from 'zustand'
import type { LatentApi } from '../../preload/contract/api.ts'
import type { Result } from '../../preload/contract/errors.ts'
import type { ActivationAtlasSlice } from './activation-atlas-slice.ts'
import type { AppSlice } from './app-slice.ts'
import type { CloudLikenessSlice } from './cloud-likeness-slice.ts'
import type { CloudMorphSlice } from './cloud-morph-slice.ts'
import type { CloudOutsideSlice } from './cloud-outside-slice.ts'
import type { SavedViewsSlice } from './cloud-saved-views-slice.ts'
import type { CloudSearchSlice } from './cloud-search-slice.ts'
import type { CloudSelectionSlice } from './cloud-selection-slice.ts'
import type { CloudSlice } from './cloud-slice.ts'
import type { CloudViewSlice } from './cloud-view-slice.ts'
import type { DreamSlice } from './dream-slice.ts'
import type { EngineSlice } from './engine-slice.ts'
import type { InspectionsSlice } from './inspections-slice.ts'
import type { InspectorModelsSlice } from './inspector-models-slice.ts'
import type { InspectorSlice } from './inspector-slice.ts'
import type { JobsSlice } from './jobs-slice.ts'
import type { LabelsSlice } from './labels-slice.ts'
import type { LayerMapsSlice } from './layer-maps-slice.ts'
import type { LibrarySlice } from './library-slice.ts'
import type { ModelTrialSlice } from './model-trial-slice.ts'
import type { ModelsSlice } from './models-slice.ts'
import type { NoticesSlice } from './notices-slice.ts'
import type { PreviewSlice } from './preview-slice.ts'
import type { ProblemsSlice } from './problems-slice.ts'
import type { QuerySlice } from './query-slice.ts'
import type { ReadingsSlice } from './readings-slice.ts'
import type { RowsSlice } from './rows-slice.ts'
import type { SelectionSlice } from './selection-slice.ts'
import type { SettingsSlice } from './settings-slice.ts'
import type { TruthSlice } from './truth-slice.ts'
import type { UnitSlice } from './unit-slice.ts'
import type { VectorSlice } from './vector-slice.ts'
import type { WhySlice } from './why-slice.ts'

export interface LatentState
  extends ActivationAtlasSlice,
    AppSlice,
    CloudLikenessSlice,
    CloudOutsideSlice,
    CloudMorphSlice,
    CloudSearchSlice,
    CloudSelectionSlice,
    CloudSlice,
    CloudViewSlice,
    SavedViewsSlice,
    DreamSlice,
    InspectorSlice,
    InspectorModelsSlice,
    LabelsSlice,
    LayerMapsSlice,
    ReadingsSlice,
    UnitSlice,
    VectorSlice,
    WhySlice,
    EngineSlice,
    InspectionsSlice,
    JobsSlice,
    LibrarySlice,
    ModelsSlice,
    ModelTrialSlice,
    NoticesSlice,
    PreviewSlice,
    ProblemsSlice,
    QuerySlice,
    RowsSlice,
    SelectionSlice,
    SettingsSlice,
    TruthSlice {}

export interface SliceDependencies {
  readonly api: LatentApi
  readonly now: () => number
  /** What main serves at an address of the app's own origin. */
  readonly fetchBytes: (url: string) => Promise<Result<Uint8Array>>
}

export type Slice<Part> = (
  dependencies: SliceDependencies,
) => StateCreator<LatentState, [], [], Part>
