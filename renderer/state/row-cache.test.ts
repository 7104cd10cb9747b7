import { describe, expect, it } from 'vitest'
import type { PhotoRow } from '../../preload/contract/domain.ts'
import { idsToFetch, withRows } from './row-cache.ts'

const row = (id: number, status: PhotoRow['status'] = 'ok'): PhotoRow => ({
  id,
  name: `${id}.jpg`,
  status,
  widthPx: 3,
  heightPx: 2,
  dominantColour: '#101010',
  hasThumbnail: true,
  labels: [],
  truth: null,
})
const order = Uint32Array.from({ length: 1000 }, (_, at) => at + 1)

describe('row cache', () => {
  it('asks for whole pages around the window', () => {
    const ids = idsToFetch(new Map(), order, 1, 150, 210)
    expect(ids[0]).toBe(101)
    expect(ids.at(-1)).toBe(300)
  })

  it('asks again only for what is older than the list', () => {
    const cache = withRows(new Map(), [row(1), row(2)], 1)
    expect(idsToFetch(cache, order, 1, 0, 2)).not.toContain(1)
    expect(idsToFetch(cache, order, 2, 0, 2)).toContain(1)
  })

  it('keeps the object of a row that did not change', () => {
    const before = withRows(new Map(), [row(1), row(2, 'pending')], 1)
    const after = withRows(before, [row(1), row(2)], 2)
    expect(after.get(1)?.row).toBe(before.get(1)?.row)
    expect(after.get(2)?.row.status).toBe('ok')
    expect(after.get(1)?.revision).toBe(2)
  })

  it('forgets the rows that were fetched longest ago', () => {
    const many = Array.from({ length: 9000 }, (_, at) => row(at + 1))
    const cache = withRows(new Map(), many, 1)
    expect(cache.size).toBe(8000)
    expect(cache.has(1)).toBe(false)
    expect(cache.has(9000)).toBe(true)
  })
})
