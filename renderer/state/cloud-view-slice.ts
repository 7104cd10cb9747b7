// How the Cloud is looked at: colours, drawing, tools, and which photos are bright or shown at all.
import type { CloudDrawing, CloudMotion } from '../scene/cloud/cloud-scene-types.ts'
import type { CloudColourBy } from './cloud-colour-by.ts'
import type { CloudData } from './cloud-points.ts'
import { remember, remembered } from './remembered.ts'
import type { Slice } from './slice.ts'

export type CloudTool = 'move' | 'box' | 'lasso'
export type CloudPanel = 'photos' | 'clusters' | 'models' | 'layout'

export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

export interface CloudViewSlice {
  readonly cloudColourBy: CloudColourBy
  readonly cloudDrawing: CloudDrawing
  readonly cloudPointScale: number
  readonly cloudMotion: CloudMotion
  readonly cloudTool: CloudTool
  /** Null when the side is free. */
  readonly cloudPanel: CloudPanel | null
  readonly timelineShown: boolean
  readonly clusterNamesShown: boolean
  /** Entries of the legend that stay bright; none chosen leaves all bright. */
  readonly legendKeys: ReadonlySet<number>
  /** Photos taken outside are faint; null for no limit. */
  readonly timeSpan: TimeSpan | null
  /** Only these photos are drawn; null draws all. */
  readonly isolated: ReadonlySet<number> | null
  readonly chooseColourBy: (colourBy: CloudColourBy) => void
  readonly chooseDrawing: (drawing: CloudDrawing) => void
  readonly choosePointScale: (scale: number) => void
  readonly chooseMotion: (motion: CloudMotion) => void
  readonly chooseTool: (tool: CloudTool) => void
  readonly showCloudPanel: (panel: CloudPanel | null) => void
  readonly showTimeline: (shown: boolean) => void
  readonly showClusterNames: (shown: boolean) => void
  readonly toggleLegendKey: (key: number) => void
  readonly clearLegendKeys: () => void
  readonly chooseTimeSpan: (span: TimeSpan | null) => void
  readonly isolate: (ids: ReadonlySet<number> | null) => void
  /** Points or clusters were read anew. */
  readonly cloudDataChanged: (before: CloudData | null, after: CloudData) => void
  readonly resetCloudView: () => void
}

export const pointScaleRange = { min: 0.4, max: 3, step: 0.1 } as const

const rememberedDrawing = (): CloudDrawing =>
  remembered('cloud-drawing') === 'points' ? 'points' : 'photos'

const panels: readonly CloudPanel[] = ['photos', 'clusters', 'models', 'layout']
const whole = { legendKeys: new Set<number>(), timeSpan: null, isolated: null } as const

export const createCloudViewSlice: Slice<CloudViewSlice> = () => (set, get) => ({
  ...whole,
  cloudColourBy: 'photo',
  cloudDrawing: rememberedDrawing(),
  cloudPointScale: Number(remembered('cloud-point-scale') ?? '1') || 1,
  cloudMotion: 'orbit',
  cloudTool: 'move',
  cloudPanel: panels.find((panel) => panel === remembered('cloud-panel')) ?? null,
  timelineShown: false,
  clusterNamesShown: remembered('cloud-names') !== 'hidden',

  chooseColourBy: (cloudColourBy) => set({ cloudColourBy, legendKeys: whole.legendKeys }),
  chooseDrawing: (cloudDrawing) => {
    remember('cloud-drawing', cloudDrawing)
    set({ cloudDrawing })
  },
  choosePointScale: (scale) => {
    const { min, max } = pointScaleRange
    const cloudPointScale = Math.min(max, Math.max(min, scale))
    remember('cloud-point-scale', String(cloudPointScale))
    set({ cloudPointScale })
  },
  chooseMotion: (cloudMotion) => set({ cloudMotion }),
  chooseTool: (cloudTool) => set({ cloudTool }),
  showCloudPanel: (cloudPanel) => {
    remember('cloud-panel', cloudPanel ?? '')
    set({ cloudPanel })
  },
  showTimeline: (timelineShown) =>
    set({ timelineShown, ...(!timelineShown && { timeSpan: null }) }),
  showClusterNames: (clusterNamesShown) => {
    remember('cloud-names', clusterNamesShown ? 'shown' : 'hidden')
    set({ clusterNamesShown })
  },
  toggleLegendKey: (key) => {
    const legendKeys = new Set(get().legendKeys)
    if (!legendKeys.delete(key)) legendKeys.add(key)
    set({ legendKeys })
  },
  clearLegendKeys: () => set({ legendKeys: whole.legendKeys }),
  chooseTimeSpan: (timeSpan) => set({ timeSpan }),
  isolate: (isolated) => set({ isolated }),

  cloudDataChanged: (before, after) => {
    // Clusters and their neighbours in the legend have other numbers now.
    if (
      get().cloudColourBy === 'cluster' &&
      before?.clusters?.revision !== after.clusters?.revision
    )
      get().clearLegendKeys()
    get().endStaleMorph(after)
    if (before?.points.revision !== after.points.revision) get().searchCloudAgain()
    get().readLikenessAgain(before, after)
    get().placeOutsideAgain(before, after)
  },
  resetCloudView: () => set({ ...whole, cloudTool: 'move', timelineShown: false }),
})
