// What may be asked of a library's photos, in the words of the model in use.
import type {
  LabelCount,
  PhotoDetail,
  PhotoFilter,
  PhotoList,
  PhotoRow,
  PhotoSort,
  Problem,
} from '../../preload/contract/domain.ts'
import type { UnitPhoto, UnitPhotos } from '../../preload/contract/inspector.ts'
import type { OsPath } from '../engine/os-path.ts'
import { CallError } from '../inspect/calls.ts'
import { unitNumber } from '../onnx/rewrites/unit-maxima.ts'
import type { StoredPhoto, StoreFilter } from '../store/photo-queries.ts'
import type { OpenStore } from '../store/store-client.ts'
import type { LibraryModel } from './library-model.ts'

const rowLabels = 3
/** More in one answer of the store would keep everybody else waiting. */
const photosAtOnce = 2_000
const shownUnitPhotos = 9

export interface LibraryPhotosOptions {
  readonly store: OpenStore
  /** Whose results are shown. */
  readonly model: () => LibraryModel
  /** Photos whose best label is not what they really show. */
  readonly wrong: () => Promise<readonly number[]>
}

export class LibraryPhotos {
  constructor(private readonly options: LibraryPhotosOptions) {}

  async list(filter: PhotoFilter, sort: PhotoSort): Promise<Omit<PhotoList, 'revision'>> {
    return this.store.list(await this.storeFilter(filter), sort)
  }

  async rows(ids: readonly number[]): Promise<readonly PhotoRow[]> {
    const photos = await this.store.photos(ids)
    return photos.map((photo) => this.toRow(photo, rowLabels))
  }

  async detail(id: number): Promise<PhotoDetail | undefined> {
    const [photo] = await this.store.photos([id])
    if (photo === undefined) return undefined
    const { folder, sizeBytes, modifiedAtMs, takenAt, camera, format } = photo
    const { orientation, reason, decodeMs, inferMs } = photo
    return {
      ...this.toRow(photo, rowLabels),
      folder,
      sizeBytes,
      modifiedAtMs,
      takenAt,
      camera,
      format,
      orientation,
      reason,
      decodeMs,
      inferMs,
      model: this.model.modelName,
      topLabels: this.toRow(photo, photo.labels.length).labels,
    }
  }

  async labelCounts(filter: PhotoFilter): Promise<readonly LabelCount[]> {
    const counts = await this.store.labelCounts(await this.storeFilter(filter))
    return counts.map(({ classIndex, count }) => ({
      index: classIndex,
      name: this.model.labels.label(classIndex, 0).name,
      count,
    }))
  }

  async problems(): Promise<readonly Problem[]> {
    const photos = await this.store.problems()
    return photos.map(({ id, name, folder, status, reason, hasThumbnail }) => ({
      id,
      name,
      folder,
      status,
      reason,
      hasThumbnail,
    }))
  }

  thumbnail(id: number): Promise<Uint8Array | undefined> {
    return this.store.thumbnail(id)
  }

  /** RGB, [ids, 32, 32, 3]; black for a photo without. */
  tiles(ids: readonly number[]): Promise<Uint8Array> {
    return this.store.tiles(ids)
  }

  pathOf(id: number): Promise<OsPath | undefined> {
    return this.store.pathOf(id)
  }

  /** In the order asked for; unknown ids are left out. */
  async pathsOf(ids: readonly number[]): Promise<readonly OsPath[]> {
    const paths: OsPath[] = []
    for (let at = 0; at < ids.length; at += photosAtOnce) {
      const photos = await this.store.photos(ids.slice(at, at + photosAtOnce))
      paths.push(...photos.map(({ path }) => path))
    }
    return paths
  }

  async photo(id: number): Promise<StoredPhoto | undefined> {
    return (await this.store.photos([id]))[0]
  }

  /**
   * The photos that excite a unit most and least, as collected while indexing.
   *
   * @throws CallError `not-found` for a unit that was not collected
   */
  async unitPhotos(layer: string, channel: number): Promise<UnitPhotos> {
    const { store } = this
    const { unitLayers } = this.model
    const unit = unitNumber(unitLayers, layer, channel)
    if (unit === undefined) {
      throw new CallError('not-found', `No photos were collected for ${layer} unit ${channel}.`)
    }
    const [{ most, least }, counts] = await Promise.all([store.unitPhotos(unit), store.counts()])
    const rows = await this.rows([...most, ...least].map(({ photoId }) => photoId))
    const byId = new Map(rows.map((row) => [row.id, row]))
    const shown = (entries: typeof most): UnitPhoto[] =>
      entries.flatMap(({ photoId, activation }) => {
        const photo = byId.get(photoId)
        return photo === undefined ? [] : [{ photo, activation }]
      })
    return {
      layer,
      channel,
      photosSeen: counts.done,
      most: shown(most).slice(0, shownUnitPhotos),
      least: shown(least),
    }
  }

  private get store(): OpenStore {
    return this.options.store
  }

  private get model(): LibraryModel {
    return this.options.model()
  }

  private toRow(photo: StoredPhoto, labelCount: number): PhotoRow {
    const { id, name, status, widthPx, heightPx, dominantColour, hasThumbnail, labels, truth } =
      photo
    return {
      id,
      name,
      status,
      widthPx,
      heightPx,
      dominantColour,
      hasThumbnail,
      labels: labels
        .slice(0, labelCount)
        .map(({ classIndex, probability }) => this.model.labels.label(classIndex, probability)),
      truth,
    }
  }

  private async storeFilter(filter: PhotoFilter): Promise<StoreFilter> {
    const { text, labels, minProbability, statuses, truth } = filter
    const trimmed = text.trim()
    const textClasses = trimmed === '' ? [] : this.model.labels.search(trimmed)
    const corrected = truth === 'corrected'
    const among = truth === 'wrong' ? await this.options.wrong() : null
    return { text: trimmed, textClasses, labels, minProbability, statuses, corrected, among }
  }
}
