// Puts the slices together into one store.
import { createStore, type StoreApi } from 'zustand'
import { createActivationAtlasSlice } from './activation-atlas-slice.ts'
import { createAppSlice } from './app-slice.ts'
import { createCloudLikenessSlice } from './cloud-likeness-slice.ts'
import { createCloudMorphSlice } from './cloud-morph-slice.ts'
import { createCloudOutsideSlice } from './cloud-outside-slice.ts'
import { createSavedViewsSlice } from './cloud-saved-views-slice.ts'
import { createCloudSearchSlice } from './cloud-search-slice.ts'
import { createCloudSelectionSlice } from './cloud-selection-slice.ts'
import { createCloudSlice } from './cloud-slice.ts'
import { createCloudViewSlice } from './cloud-view-slice.ts'
import { createDreamSlice } from './dream-slice.ts'
import { createEngineSlice } from './engine-slice.ts'
import { createInspectionsSlice } from './inspections-slice.ts'
import { createInspectorModelsSlice } from './inspector-models-slice.ts'
import { createInspectorSlice } from './inspector-slice.ts'
import { createJobsSlice } from './jobs-slice.ts'
import { createLabelsSlice } from './labels-slice.ts'
import { createLayerMapsSlice } from './layer-maps-slice.ts'
import { createLibrarySlice } from './library-slice.ts'
import { createModelTrialSlice } from './model-trial-slice.ts'
import { createModelsSlice } from './models-slice.ts'
import { createNoticesSlice } from './notices-slice.ts'
import { createPreviewSlice } from './preview-slice.ts'
import { createProblemsSlice } from './problems-slice.ts'
import { createQuerySlice } from './query-slice.ts'
import { createReadingsSlice } from './readings-slice.ts'
import { createRowsSlice } from './rows-slice.ts'
import { createSelectionSlice } from './selection-slice.ts'
import { createSettingsSlice } from './settings-slice.ts'
import type { LatentState, SliceDependencies } from './slice.ts'
import { createTruthSlice } from './truth-slice.ts'
import { createUnitSlice } from './unit-slice.ts'
import { createVectorSlice } from './vector-slice.ts'
import { createWhySlice } from './why-slice.ts'

export type LatentStore = StoreApi<LatentState>

export const createLatentStore = (dependencies: SliceDependencies): LatentStore =>
  createStore<LatentState>()((...store) => ({
    ...createAppSlice(dependencies)(...store),
    ...createActivationAtlasSlice(dependencies)(...store),
    ...createCloudSlice(dependencies)(...store),
    ...createCloudViewSlice(dependencies)(...store),
    ...createCloudSelectionSlice(dependencies)(...store),
    ...createCloudSearchSlice(dependencies)(...store),
    ...createCloudLikenessSlice(dependencies)(...store),
    ...createCloudOutsideSlice(dependencies)(...store),
    ...createCloudMorphSlice(dependencies)(...store),
    ...createSavedViewsSlice(dependencies)(...store),
    ...createWhySlice(dependencies)(...store),
    ...createVectorSlice(dependencies)(...store),
    ...createUnitSlice(dependencies)(...store),
    ...createReadingsSlice(dependencies)(...store),
    ...createLabelsSlice(dependencies)(...store),
    ...createLayerMapsSlice(dependencies)(...store),
    ...createInspectorModelsSlice(dependencies)(...store),
    ...createInspectorSlice(dependencies)(...store),
    ...createDreamSlice(dependencies)(...store),
    ...createEngineSlice(dependencies)(...store),
    ...createInspectionsSlice(dependencies)(...store),
    ...createJobsSlice(dependencies)(...store),
    ...createLibrarySlice(dependencies)(...store),
    ...createModelsSlice(dependencies)(...store),
    ...createModelTrialSlice(dependencies)(...store),
    ...createNoticesSlice(dependencies)(...store),
    ...createPreviewSlice(dependencies)(...store),
    ...createProblemsSlice(dependencies)(...store),
    ...createQuerySlice(dependencies)(...store),
    ...createRowsSlice(dependencies)(...store),
    ...createSelectionSlice(dependencies)(...store),
    ...createSettingsSlice(dependencies)(...store),
    ...createTruthSlice(dependencies)(...store),
  }))
