import { describe, expect, it } from 'vitest'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { nearestByHand } from '../testing/nearest-by-hand.ts'
import { HalfMatrix } from '../vectors/vector-rows.ts'
import { exactNeighbours } from './exact.ts'
import { NeighbourLists } from './neighbour-lists.ts'

const watch = { signal: new AbortController().signal }

describe('exact neighbours', () => {
  it.each([
    ['in one block', 300, 33, 15],
    ['over several blocks', 2500, 16, 10],
    ['fewer rows than fill a list of a block', 9, 8, 8],
  ])('are those of brute force, %s', async (_, count, dim, k) => {
    const rows = clusteredVectors({ count, dim, clusters: 7, seed: 4 })
    const found = await exactNeighbours(rows, k, 1, watch)
    const step = Math.max(1, Math.floor(count / 60))
    for (let row = 0; row < count; row += step) {
      const wanted = nearestByHand(rows, row, k)
      for (let rank = 0; rank < k; rank++) {
        const at = row * k + rank
        // Products are summed in another order: within 1e-6 neighbours may change places.
        expect(found.similarities[at]).toBeCloseTo(wanted[rank]?.similarity ?? 0, 5)
      }
      const ids = [...found.ids.subarray(row * k, (row + 1) * k)].sort((a, b) => a - b)
      const last = wanted[k - 1]?.similarity ?? 0
      for (const { id, similarity } of wanted) {
        if (similarity > last + 1e-6) expect(ids).toContain(id)
      }
      expect(ids).not.toContain(row)
    }
  })

  it('of photos that are all the same are in the order of their numbers', async () => {
    const one = new HalfMatrix(new Uint16Array(5 * 4).fill(0x3800), 4)
    const { ids } = await exactNeighbours(one, 2, 1, watch)
    expect([...ids]).toEqual([1, 2, 0, 2, 0, 1, 0, 1, 0, 1])
  })

  it('tell how far they are, and stop when they are told to', async () => {
    const rows = clusteredVectors({ count: 2500, dim: 8, clusters: 3, seed: 1 })
    const fractions: number[] = []
    const abort = new AbortController()
    const onProgress = (fraction: number): void => {
      fractions.push(fraction)
      if (fraction > 0.5) abort.abort(new Error('Enough.'))
    }
    const running = exactNeighbours(rows, 5, 1, { signal: abort.signal, onProgress })
    await expect(running).rejects.toThrow('Enough.')
    expect(fractions.length).toBeGreaterThan(1)
    expect(fractions.at(-1)).toBeLessThan(1)
  })
})

describe('neighbour lists', () => {
  it('keep the best in order, equal ones by number, whatever order they come in', () => {
    const offers = [
      [3, 0.5],
      [9, 0.7],
      [1, 0.5],
      [4, 0.9],
      [2, 0.5],
    ] as const
    for (const order of [offers, offers.toReversed()]) {
      const lists = new NeighbourLists(1, 4)
      for (const [id, similarity] of order) lists.offer(0, id, similarity)
      expect([...lists.ids]).toEqual([4, 9, 1, 2])
    }
  })
})
