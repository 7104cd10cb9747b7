// The photos of a library that are like a vector, with what the Inspector tells about each.

import { halvesOf } from '../atlas/vectors/half-bits.ts'
import type { FindSimilar } from '../inspect/penultimate.ts'
import type { Library } from '../library/library.ts'
import type { LibrarySearch } from './library-search.ts'

export const similarPhotos =
  (library: Library, search: LibrarySearch): FindSimilar =>
  async (vector, k) => {
    const { ids, similarities, mean } = await search.nearest({ halves: halvesOf(vector) }, k)
    const [rows, embeddings] = await Promise.all([
      library.photos.rows([...ids]),
      library.embeddingSource.store.embeddings([...ids]),
    ])
    const byId = new Map(rows.map((row) => [row.id, row]))
    const photos = Array.from(ids).flatMap((id, i) => {
      const [photo, embedding] = [byId.get(id), embeddings[i]]
      return photo && embedding ? [{ photo, similarity: similarities[i] ?? 0, embedding }] : []
    })
    return { photos, mean }
  }
