import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { choosePhotos, choosePositions } from './choose-positions.ts'
import { placeSamples } from './placed-samples.ts'
import { readSamples, SampleFile } from './sample-file.ts'

describe('what is sampled', () => {
  it('takes other places inside each photo, none twice, the same for the same seed', () => {
    const places = choosePositions(17, 17, 8, 1, 5)
    expect(new Set(places.map(({ row, column }) => `${row} ${column}`)).size).toBe(8)
    expect(places.every(({ row, column }) => Math.min(row, column) >= 1)).toBe(true)
    expect(places.every(({ row, column }) => Math.max(row, column) <= 15)).toBe(true)
    expect(choosePositions(17, 17, 8, 1, 5)).toEqual(places)
    expect(choosePositions(17, 17, 8, 2, 5)).not.toEqual(places)
    expect(choosePositions(17, 17, 8, 1, 6)).not.toEqual(places)
    expect(choosePositions(2, 2, 8, 1, 5)).toHaveLength(4)
  })

  it('goes on from fewer photos to more', () => {
    const ids = Uint32Array.from({ length: 1000 }, (_, i) => i + 1)
    const some = choosePhotos(ids, 100, 3)
    expect(choosePhotos(ids, 300, 3).slice(0, 100)).toEqual(some)
    expect(some.filter((id) => id <= 500).length).toBeGreaterThan(30)
    expect(some.filter((id) => id <= 500).length).toBeLessThan(70)
  })
})

describe('samples on disk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latent-samples-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const square = { leftPx: 10, topPx: 0, sidePx: 300 }
  const sample = (row: number) => ({ row, column: 2, norm: 4.5, unit: Float32Array.of(0.6, 0.8) })

  it('are there again, go on after a stop, and give way to those of a changed photo', async () => {
    const first = SampleFile.open(folder, 'key', 2)
    first.add([
      { id: 7, modifiedAtMs: 1, square, samples: [sample(1), sample(3)] },
      { id: 8, modifiedAtMs: 1, square, samples: [] },
    ])
    first.dispose()
    // A record that a power cut has left half written.
    await appendFile(join(folder, 'photos.records'), Buffer.alloc(11))
    const second = SampleFile.open(folder, 'key', 2)
    second.add([{ id: 7, modifiedAtMs: 2, square, samples: [sample(9)] }])
    second.dispose()

    const known = await readSamples(folder)
    expect(known.photos.get(7)).toEqual({ modifiedAtMs: 2, first: 2, count: 1, square })
    const placed = placeSamples(known, [{ id: 7 }, { id: 8 }, { id: 9 }])
    expect([...placed.ids]).toEqual([3])
    expect([placed.rows[0], placed.norms[0], placed.skipped]).toEqual([9, 4.5, 1])
    expect(() => SampleFile.open(folder, 'other', 2)).toThrow()
  })
})
