// The photos of a library that a text describes, best first.
import type { PhotoFilter, PhotoList, PhotoSort } from '../../preload/contract/domain.ts'
import { halvesOf } from '../atlas/vectors/half-bits.ts'
import type { Library } from '../library/library.ts'
import type { LibrarySearch } from './library-search.ts'

/** Nobody looks at more of them, and the last are hardly better than any. */
const mostPhotos = 2_000

/**
 * How much each point of the Cloud is what a text describes, within a hundredth or so, in the order
 * of the points.
 */
export async function describedPoints(
  pointIds: Uint32Array,
  search: Pick<LibrarySearch, 'similarities'>,
  vector: Float32Array,
): Promise<Float32Array> {
  const { ids, values } = await search.similarities({ halves: halvesOf(vector) }, 'cosine')
  const byId = new Map(Array.from(ids, (id, i) => [id, values[i] ?? 0]))
  // Photos may have come or gone since the points were shown.
  return Float32Array.from(pointIds, (id) => byId.get(id) ?? 0)
}

/**
 * By the plain cosine of the two vectors: that is what a pair was trained for. From the middle of the
 * photos, as photos are compared with each other, a text's vector would point nowhere: texts lie
 * apart from all photos (the modality gap, Liang et al. 2022).
 *
 * @param vector of the text, [embeddingDim], of unit length
 * @param filter what photos have to pass besides
 */
export async function describedPhotos(
  library: Pick<Library, 'query'>,
  search: Pick<LibrarySearch, 'nearest'>,
  vector: Float32Array,
  filter: PhotoFilter,
  sort: PhotoSort,
): Promise<PhotoList> {
  const { similarFrom = -1 } = filter
  const [{ ids, similarities }, passing] = await Promise.all([
    search.nearest({ halves: halvesOf(vector) }, mostPhotos, 'cosine'),
    library.query(filter, sort),
  ])
  const placeOf = new Map(Array.from(passing.ids, (id, place) => [id, place]))
  const found = Array.from(ids).flatMap((id, i) => {
    const [place, similarity] = [placeOf.get(id), similarities[i] ?? -1]
    return place === undefined || similarity < similarFrom ? [] : [{ id, place, similarity }]
  })
  return {
    revision: passing.revision,
    ids: Uint32Array.from(found, ({ id }) => id),
    widthsPx: Uint32Array.from(found, ({ place }) => passing.widthsPx[place] ?? 0),
    heightsPx: Uint32Array.from(found, ({ place }) => passing.heightsPx[place] ?? 0),
    similarities: Float32Array.from(found, ({ similarity }) => similarity),
  }
}
