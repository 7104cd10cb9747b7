// Makes an activation atlas of a library: samples, lays out, averages, labels, cuts out patches.

import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayerInfo } from '../../preload/contract/inspector.ts'
import type { Atlas } from '../atlas/atlas.ts'
import type { CallClient } from '../inspect/call-client.ts'
import { CallError } from '../inspect/calls.ts'
import { callNetwork } from '../inspect/network-calls.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'
import type { StoredPhoto } from '../store/photo-queries.ts'
import type { Store } from '../store/store-calls.ts'
import {
  type AtlasMap,
  mapId,
  mapVersion,
  readDirections,
  readMap,
  sheetPath,
  writeMap,
} from './atlas-map.ts'
import { filledGrid } from './grid/filled-grid.ts'
import { labelCells } from './labels/label-cells.ts'
import { unknownClass } from './labels/strongest-labels.ts'
import { layerNamed } from './layer-named.ts'
import { patchesOfCells, sheetPhotos } from './pictures/cell-patches.ts'
import type { GridLevel } from './protocol.ts'
import { choosePhotos } from './sampling/choose-positions.ts'
import { type PlacedSamples, placeSamples } from './sampling/placed-samples.ts'
import { readSamples, sampleVectors } from './sampling/sample-file.ts'

export interface AtlasSources {
  readonly worker: CallClient
  readonly atlas: Atlas
  readonly store: Store
  readonly spec: NetworkSpec
  readonly modelSha256: string
  /** Of the library; atlases are kept in it. */
  readonly home: string
}

export interface AtlasSettings {
  readonly layer: string
  /** Photos that are looked at; all when there are no more. */
  readonly photos: number
  readonly seed: number
  /** Cells a side. */
  readonly sides: readonly number[]
}

export interface AtlasProgress {
  readonly stage: 'sampling' | 'layout' | 'cells' | 'labels' | 'patches'
  /** Of the stage, 0 to 1. */
  readonly fraction: number
  readonly skipped: number
}

export interface MadeAtlas {
  readonly map: AtlasMap
  readonly folder: string
}

export interface AtlasWatch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: AtlasProgress) => void
}

/** Fewer cannot be laid out in any way that means something. */
const leastAtlasSamples = 24
/** All of them have to fit into memory. */
export const mostSamples = 120_000
/** Positions that are kept of each photo: the more photos, the fewer. */
const sampleCounts = [8, 4, 2, 1] as const
const neighbours = 15
const minDist = 0.05
const photosAtOnce = 1000

/** Pixels of a cell on its sheet, by cells a side: a sheet never exceeds 3,840 pixels. */
export const tilePxOf = (side: number): number =>
  Math.min(192, Math.max(16, 16 * Math.floor(240 / side)))

/** Eight of each photo, fewer of many photos. */
export function samplesPerPhoto(photos: number): number {
  return sampleCounts.find((count) => photos * count <= mostSamples) ?? 1
}

/**
 * Goes on from what an earlier run has sampled, and answers at once when nothing has changed.
 *
 * @throws CallError: `cancelled`, `not-found` for the layer or too few photos, `bad-request` for a
 *   layer without positions, `crashed` or `timeout` of a process
 */
export async function makeAtlas(
  sources: AtlasSources,
  settings: AtlasSettings,
  { signal, onProgress }: AtlasWatch,
): Promise<MadeAtlas> {
  const { worker, atlas, store, spec } = sources
  let skipped = 0
  const tell = (stage: AtlasProgress['stage'], fraction: number): void =>
    onProgress({ stage, fraction, skipped })
  tell('sampling', 0)
  const facts = await callNetwork(worker, 'facts', spec, { signal })
  const info = layerWithPositions(layerNamed(facts.layers, settings.layer), settings.layer, spec)
  const chosen = choosePhotos(
    await store.embeddedIds(),
    Math.min(settings.photos, mostSamples),
    settings.seed,
  )
  const perPhoto = samplesPerPhoto(chosen.length)
  const { folder, key } = samplesAt(sources, settings, perPhoto)
  const mapFolder = join(folder, gridName(settings))
  await mkdir(mapFolder, { recursive: true })
  const photos = await storedPhotos(store, chosen)

  const before = await readSamples(folder)
  const missing = photos.filter(
    ({ id, modifiedAtMs }) => before.photos.get(id)?.modifiedAtMs !== modifiedAtMs,
  )
  if (missing.length > 0) {
    const request = {
      ...{ spec, layer: settings.layer, folder, key, perPhoto, seed: settings.seed },
      photos: missing.map(({ id, path, modifiedAtMs }) => ({
        id,
        modifiedAtMs,
        source: { kind: 'file', path } as const,
      })),
    }
    await callNetwork(worker, 'samplePhotos', request, {
      signal,
      onProgress: ({ done, skipped: so }) => {
        skipped = so
        tell('sampling', (photos.length - missing.length + done) / photos.length)
      },
    })
  }
  const known = missing.length > 0 ? await readSamples(folder) : before
  const samples = placeSamples(known, photos)
  const id = mapId([spec.id, settings, samples.ids.length, digestOf(samples)])
  const kept = await readMap(mapFolder)
  const photosDigest = digestOfPhotos(photos)
  if (kept?.id === id) {
    if (kept.photosDigest === photosDigest) return { map: kept, folder: mapFolder }
    // Files were written anew and show the same: it is the atlas of these, too.
    const map = { ...kept, photosDigest }
    await writeMap(mapFolder, map, await readDirections(mapFolder, kept))
    return { map, folder: mapFolder }
  }
  if (samples.ids.length < leastAtlasSamples) {
    throw new CallError('not-found', 'There are too few photos for an atlas: it takes at least 4.')
  }
  skipped = samples.skipped

  const set = { vectors: sampleVectors(folder, key, info.channels), ids: samples.ids }
  const layout = await atlas.call(
    'project',
    {
      ...{ set, dims: 2, method: 'umap', neighbours, minDist, metric: 'cosine' },
      seed: settings.seed,
      cacheFolder: join(folder, 'layouts'),
    },
    {
      signal,
      onProgress: ({ stage, fraction, positions }) => {
        if (positions === undefined) tell('layout', ofLayout(stage, fraction))
      },
    },
  )
  const { norms, photoIds } = samples
  const { sides } = settings
  const { grid, leastSamples } = await filledGrid(samples.ids.length, (least) =>
    atlas.call(
      'grid',
      { set, positions: layout.positions, norms, photoIds, sides, leastSamples: least },
      { signal, onProgress: ({ fraction }) => tell('cells', fraction) },
    ),
  )
  const { levels } = grid
  const means = concatenated(levels.map((level) => level.means))
  const shown = await store.embeddedClasses()
  const classOf = new Map(Array.from(shown.ids, (photo, i) => [photo, shown.classes[i]] as const))
  const { labels, labelsFrom } = await labelCells(
    { worker, spec, layer: settings.layer },
    levels,
    means,
    photoIds.map((photo) => classOf.get(photo) ?? unknownClass),
    { signal, onProgress: (fraction) => tell('labels', fraction) },
  )
  const map: AtlasMap = {
    version: mapVersion,
    id,
    modelId: spec.id,
    layer: settings.layer,
    channels: info.channels,
    seed: settings.seed,
    photos: photos.length,
    photosDigest,
    skipped,
    samples: samples.ids.length,
    perPhoto,
    leastSamples,
    labelsFrom,
    trustworthiness: layout.facts.trustworthiness,
    levels: levels.map((level, i) => ({
      side: level.side,
      tilePx: tilePxOf(level.side),
      cells: cellsOfLevel(level, labels[i] ?? [], patchesOfCells(level, samples, info, spec)),
    })),
  }
  const request = {
    levels: map.levels.map(({ side, tilePx }) => ({
      ...{ side, tilePx, path: sheetPath(mapFolder, side) },
      format: 'jpeg' as const,
    })),
    photos: sheetPhotos(map, photos),
  }
  await callNetwork(worker, 'drawSheets', request, {
    signal,
    onProgress: ({ done, total }) => tell('patches', done / total),
  })
  await writeMap(mapFolder, map, { means, mean: grid.mean, deviations: grid.deviations })
  return { map, folder: mapFolder }
}

function cellsOfLevel(
  level: GridLevel,
  labels: readonly AtlasMap['levels'][number]['cells'][number]['labels'][],
  patches: readonly AtlasMap['levels'][number]['cells'][number]['patches'][],
): AtlasMap['levels'][number]['cells'] {
  return Array.from(level.counts, (samples, cell) => ({
    column: level.columns[cell] ?? 0,
    row: level.rows[cell] ?? 0,
    samples,
    photos: level.photoCounts[cell] ?? 0,
    labels: labels[cell] ?? [],
    patches: patches[cell] ?? [],
  }))
}

/** @throws CallError when it has no positions to sample */
function layerWithPositions(
  info: LayerInfo | undefined,
  layer: string,
  { id }: NetworkSpec,
): LayerInfo {
  if (info === undefined) throw new CallError('not-found', `${id} has no layer ${layer}.`)
  if (info.receptiveField === null) {
    throw new CallError('bad-request', `${layer} has no positions: choose an earlier layer.`)
  }
  return info
}

/**
 * The atlas that was made last with such settings, whatever the library holds by now.
 */
export async function findAtlas(
  sources: AtlasSources,
  settings: AtlasSettings,
): Promise<MadeAtlas | undefined> {
  const found: MadeAtlas[] = []
  for (const perPhoto of sampleCounts) {
    const { folder } = samplesAt(sources, settings, perPhoto)
    const mapFolder = join(folder, gridName(settings))
    const map = await readMap(mapFolder)
    if (map !== undefined) found.push({ map, folder: mapFolder })
  }
  return found.reduce<MadeAtlas | undefined>(
    (most, one) => (most === undefined || one.map.photos > most.map.photos ? one : most),
    undefined,
  )
}

const gridName = ({ sides }: AtlasSettings): string => `grid-${sides.join('-')}`

/** Whether an atlas of so many photos that is made now would look at others, or at changed ones. */
export async function isOutOfDate(
  store: Store,
  { photos, seed, photosDigest }: AtlasMap,
): Promise<boolean> {
  const chosen = choosePhotos(await store.embeddedIds(), photos, seed)
  return photosDigest !== '' && digestOfPhotos(await storedPhotos(store, chosen)) !== photosDigest
}

/** Where the samples of a layer are kept, and what they are called. */
function samplesAt(
  { spec, modelSha256, home }: AtlasSources,
  { layer, seed }: AtlasSettings,
  perPhoto: number,
): { readonly folder: string; readonly key: string } {
  const key = createHash('sha256')
    .update(JSON.stringify([1, spec.id, modelSha256, layer, seed, perPhoto]))
    .digest('hex')
    .slice(0, 16)
  return { key, folder: join(home, 'activation-atlas', key) }
}

async function storedPhotos(store: Store, ids: Uint32Array): Promise<readonly StoredPhoto[]> {
  const photos: StoredPhoto[] = []
  for (let first = 0; first < ids.length; first += photosAtOnce) {
    photos.push(...(await store.photos([...ids.subarray(first, first + photosAtOnce)])))
  }
  return photos
}

/** Parts of the layout's time by experience. */
const layoutStages = {
  components: [0, 0.1],
  neighbours: [0.1, 0.1],
  layout: [0.2, 0.7],
  quality: [0.9, 0.1],
} as const

function ofLayout(stage: keyof typeof layoutStages, fraction: number): number {
  const [start, share] = layoutStages[stage]
  return start + share * fraction
}

const digestOf = ({ ids, photoIds, norms }: PlacedSamples): string => {
  const hash = createHash('sha256')
  for (const part of [ids, photoIds, norms]) hash.update(part)
  return hash.digest('hex')
}

function digestOfPhotos(photos: readonly StoredPhoto[]): string {
  const hash = createHash('sha256')
  for (const { id, modifiedAtMs } of photos) hash.update(`${id} ${modifiedAtMs}\n`)
  return hash.digest('hex').slice(0, 16)
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
