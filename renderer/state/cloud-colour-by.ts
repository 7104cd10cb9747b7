// What points can be coloured by: how each is read from the points. To add one, add a row.
import { formatShare, formatWallDay } from '../ui/format.ts'
import type { CloudData } from './cloud-points.ts'

export type CloudColourBy =
  | 'photo'
  | 'cluster'
  | 'label'
  | 'date'
  | 'camera'
  | 'folder'
  | 'similarity'
  | 'confidence'

/** Kinds of things, one of them for each point. */
export interface Categories {
  readonly kind: 'categories'
  /** A number of the kind for each point; -1 for none. */
  readonly keys: ArrayLike<number>
  readonly nameOf: (key: number) => string
  /** How points without one are called. */
  readonly noneName: string
}

/** Numbers, one for each point. */
export interface Values {
  readonly kind: 'values'
  readonly values: ArrayLike<number>
  /** What the ends of the ramp mean; null takes the range of all but the outermost hundredths. */
  readonly range: readonly [number, number] | null
  readonly text: (value: number) => string
}

export type Reading = Categories | Values

export interface ColourByRow {
  readonly name: string
  /** Null when there is nothing to colour by: each point shows its photo's own colour. */
  readonly read: (data: CloudData, similarities: Float32Array | null) => Reading | null
}

/** Number 0 is unknown. */
function lessOne(places: Uint16Array): Int32Array {
  const keys = new Int32Array(places.length)
  for (let at = 0; at < keys.length; at++) keys[at] = (places[at] ?? 0) - 1
  return keys
}

export const colourBys: Readonly<Record<CloudColourBy, ColourByRow>> = {
  photo: { name: 'Photo', read: () => null },
  cluster: {
    name: 'Cluster',
    read: ({ clusters, clusterNames }) =>
      clusters && {
        kind: 'categories',
        keys: clusters.ofPoint,
        nameOf: (key) => clusterNames[key] ?? `Cluster ${key + 1}`,
        noneName: 'No cluster',
      },
  },
  label: {
    name: 'Label',
    read: ({ points }) => ({
      kind: 'categories',
      keys: points.classes,
      nameOf: (key) => points.classNames[key] ?? `Class ${key}`,
      noneName: 'No label',
    }),
  },
  date: {
    name: 'Date',
    read: ({ points }) => ({
      kind: 'values',
      values: points.takenAtMs,
      range: null,
      text: formatWallDay,
    }),
  },
  camera: {
    name: 'Camera',
    read: ({ points }) => ({
      kind: 'categories',
      keys: lessOne(points.cameras),
      nameOf: (key) => points.cameraNames[key + 1] ?? 'Camera',
      noneName: 'Unknown camera',
    }),
  },
  folder: {
    name: 'Folder',
    read: ({ points }) => ({
      kind: 'categories',
      keys: points.folders,
      nameOf: (key) => points.folderNames[key] || 'Top folder',
      noneName: 'No folder',
    }),
  },
  similarity: {
    name: 'Similarity',
    read: (_data, similarities) =>
      similarities && {
        kind: 'values',
        values: similarities,
        range: null,
        text: (value) => value.toFixed(2),
      },
  },
  confidence: {
    name: 'Confidence',
    read: ({ points }) => ({
      kind: 'values',
      values: points.probabilities,
      range: [0, 1],
      text: formatShare,
    }),
  },
}

export const colourByNames = Object.entries(colourBys).map(
  // The keys are the record's own.
  ([colourBy, { name }]) => [colourBy as CloudColourBy, name] as const,
)
