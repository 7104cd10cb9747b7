// The calls that cross from main to the thread that holds the library's store.
import type { PhotoSort } from '../../preload/contract/domain.ts'
import type { SaidTruth } from '../../preload/contract/truth.ts'
import type { ClassPair } from './agreement.ts'
import type { LibraryStore, StoreModel } from './library-store.ts'
import type { LabelledModel } from './model-results.ts'
import type { StoreFilter } from './photo-queries.ts'
import type { AnalysedPhoto } from './result-writes.ts'
import type { FoundFile } from './scan-writes.ts'

/** Everything the thread answers: plain arguments in, structured-cloneable values out. */
export const storeCalls = {
  addRoot: (s: LibraryStore, path: Uint8Array, kind: 'folder' | 'file') =>
    s.scan.addRoot(path, kind),
  roots: (s: LibraryStore) => s.scan.roots(),
  beginScan: (s: LibraryStore) => s.scan.beginScan(),
  recordFound: (s: LibraryStore, root: number, files: readonly FoundFile[]) =>
    s.scan.recordFound(root, files),
  addNew: (s: LibraryStore, root: number, files: readonly FoundFile[]) =>
    s.scan.addNew(root, files),
  relink: (s: LibraryStore, photoId: number, root: number, file: FoundFile) =>
    s.scan.relink(photoId, root, file),
  endScan: (s: LibraryStore, root: number, unreadFolders: readonly string[]) =>
    s.scan.endScan(root, unreadFolders),
  commit: (s: LibraryStore, batch: readonly AnalysedPhoto[]) => s.commit(batch),
  staleLabels: (s: LibraryStore, limit: number) => s.writes.staleLabels(limit),
  staleLabelCount: (s: LibraryStore) => s.writes.staleLabelCount(),
  relabel: (s: LibraryStore, ids: Uint32Array, classes: Uint16Array, probabilities: Float32Array) =>
    s.writes.relabel(ids, classes, probabilities),
  makePending: (s: LibraryStore, ids: readonly number[]) => s.makePending(ids),
  pending: (s: LibraryStore, limit: number, excluded: readonly number[]) =>
    s.queries.pending(limit, excluded),
  pendingCount: (s: LibraryStore) => s.queries.pendingCount(),
  counts: (s: LibraryStore) => s.queries.counts(),
  list: (s: LibraryStore, filter: StoreFilter, sort: PhotoSort) => s.queries.list(filter, sort),
  labelCounts: (s: LibraryStore, filter: StoreFilter) => s.queries.labelCounts(filter),
  photos: (s: LibraryStore, ids: readonly number[]) => s.queries.photos(ids),
  problems: (s: LibraryStore) => s.queries.problems(),
  thumbnail: (s: LibraryStore, id: number) => s.thumbnail(id),
  pathOf: (s: LibraryStore, id: number) => s.pathOf(id),
  unitPhotos: (s: LibraryStore, unit: number) => s.unitPhotos(unit),
  embeddings: (s: LibraryStore, ids: readonly number[]) => s.embeddings(ids),
  embeddedIds: (s: LibraryStore) => s.queries.embeddedIds(),
  embeddedIdsOf: (s: LibraryStore, other: { id: string; sha256: string }) => s.embeddedIdsOf(other),
  embeddedClasses: (s: LibraryStore) => s.queries.embeddedClasses(),
  pointColumns: (s: LibraryStore) => s.pointColumns(),
  tiles: (s: LibraryStore, ids: readonly number[]) => s.tilesOf(ids),
  adoptModel: (s: LibraryStore, model: StoreModel) => s.adoptModel(model),
  storedResults: (s: LibraryStore) => s.results.list(),
  pairsWith: (s: LibraryStore, other: LabelledModel) => s.pairsWith(other),
  photosOfPair: (
    s: LibraryStore,
    other: LabelledModel,
    pair: Pick<ClassPair, 'own' | 'other'>,
    limit: number,
  ) => s.photosOfPair(other, pair, limit),
  sayTruths: (s: LibraryStore, said: readonly SaidTruth[]) => s.sayTruths(said),
  truthColumns: (s: LibraryStore) => s.truthColumns(),
  rankedClasses: (s: LibraryStore, other?: LabelledModel) => s.rankedClasses(other),
  removeResults: (s: LibraryStore, modelId: string) => s.results.remove(modelId),
  snapshotIfDue: (s: LibraryStore) => s.snapshotIfDue(),
} as const

type Calls = typeof storeCalls
export type StoreCallName = keyof Calls
type Tail<F> = F extends (store: LibraryStore, ...rest: infer Rest) => unknown ? Rest : never

/** The same calls as seen from main: asynchronous, in order. */
export type Store = {
  readonly [Name in StoreCallName]: (
    ...input: Tail<Calls[Name]>
  ) => Promise<Awaited<ReturnType<Calls[Name]>>>
}

export type ToStore =
  | { readonly id: number; readonly call: StoreCallName; readonly input: readonly unknown[] }
  | { readonly id: number; readonly call: 'close' }

export type FromStore =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string }
