import { expect, it } from 'vitest'
import type { PhotoFilter } from '../../preload/contract/domain.ts'
import type { Metric } from '../atlas/protocol.ts'
import { describedPhotos, describedPoints } from './described-photos.ts'

const filter: PhotoFilter = { text: '', labels: [], minProbability: 0, statuses: [], truth: null }
const sort = { by: 'name', descending: false } as const
const vector = Float32Array.of(1, 0)

/** Photo 4 does not pass the filter, photo 9 has no embedding. */
const library = {
  query: async () => ({
    revision: 3,
    ids: Uint32Array.of(1, 2, 3, 9),
    widthsPx: Uint32Array.of(10, 20, 30, 90),
    heightsPx: Uint32Array.of(11, 21, 31, 91),
  }),
}
const asked: Metric[] = []
const search = {
  nearest: async (_wanted: unknown, _k: number, metric: Metric = 'centred') => {
    asked.push(metric)
    const similarities = Float32Array.of(0.5, 0.375, 0.25, 0.125)
    return { ids: Uint32Array.of(3, 4, 1, 2), similarities, mean: new Float32Array(2) }
  },
  similarities: async () => ({ ids: Uint32Array.of(1, 3), values: Float32Array.of(0.25, 0.5) }),
}

it('shows photos that pass the filter, most similar first, with their sizes', async () => {
  const found = await describedPhotos(library, search, vector, filter, sort)
  expect(found).toEqual({
    revision: 3,
    ids: Uint32Array.of(3, 1, 2),
    widthsPx: Uint32Array.of(30, 10, 20),
    heightsPx: Uint32Array.of(31, 11, 21),
    similarities: Float32Array.of(0.5, 0.25, 0.125),
  })
  // A text lies apart from all photos: from their middle it would point nowhere.
  expect(asked).toEqual(['cosine'])
})

it('leaves out what is less similar than is asked for', async () => {
  const { ids } = await describedPhotos(
    library,
    search,
    vector,
    { ...filter, similarFrom: 0.25 },
    sort,
  )
  expect([...ids]).toEqual([3, 1])
})

it('tells of every point how much it is what was described', async () => {
  const values = await describedPoints(Uint32Array.of(3, 2, 1), search, vector)
  expect([...values]).toEqual([0.5, 0, 0.25])
})
