// Gives the cells of all levels their labels.
import type { CallClient } from '../../inspect/call-client.ts'
import { callNetwork } from '../../inspect/network-calls.ts'
import type { NetworkSpec } from '../../inspect/protocol.ts'
import type { AtlasMap, MapCell } from '../atlas-map.ts'
import type { GridLevel } from '../protocol.ts'
import {
  type CellLabel,
  classesShown,
  labelsOfPhotos,
  meanEffects,
  strongestLabels,
} from './strongest-labels.ts'

const labelsPerCell = 5
/** The mean of fewer cells is about those few: of one cell nothing would be left. */
const fewestToCompare = 20

export interface LabelledCells {
  /** By level and cell. */
  readonly labels: readonly (readonly MapCell['labels'][])[]
  readonly labelsFrom: AtlasMap['labelsFrom']
}

/**
 * @param means of all cells, level by level, [cells, channels]
 * @param classes what the photo of each sample shows
 */
export async function labelCells(
  { worker, spec, layer }: { worker: CallClient; spec: NetworkSpec; layer: string },
  levels: readonly GridLevel[],
  means: Float32Array,
  classes: Uint32Array,
  watch: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<LabelledCells> {
  const cells = levels.reduce((sum, { counts }) => sum + counts.length, 0)
  const effects = await callNetwork(
    worker,
    'labelEffects',
    { spec, layer, directions: means },
    { signal: watch.signal, onProgress: ({ done, total }) => watch.onProgress(done / total) },
  )
  if (effects === null) {
    return {
      labelsFrom: 'photos',
      labels: levels.map(({ counts, ofSample }) =>
        labelsOfPhotos(classes, ofSample, counts.length, labelsPerCell).map(asPairs),
      ),
    }
  }
  const classCount = effects.length / Math.max(1, cells)
  const common =
    cells < fewestToCompare ? new Float32Array(classCount) : meanEffects(effects, classCount)
  const shown = levels.flatMap(({ counts, ofSample }) =>
    classesShown(classes, ofSample, counts.length),
  )
  const all = strongestLabels(effects, common, shown, labelsPerCell)
  let at = 0
  return {
    labelsFrom: 'effect',
    labels: levels.map(({ counts }) => {
      at += counts.length
      return all.slice(at - counts.length, at).map(asPairs)
    }),
  }
}

const asPairs = (labels: readonly CellLabel[]): MapCell['labels'] =>
  labels.map(({ classIndex, strength }) => [classIndex, Number(strength.toFixed(4))])
