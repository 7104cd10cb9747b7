import { expect, it } from 'vitest'
import { calibrationPhotos } from './calibration-photos.ts'

const photos = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}.jpg`)

it('spreads both over all photos, and no photo is in both', () => {
  const { calibrationPhotos: made, checkPhotos: compared } = calibrationPhotos(
    photos(1_000),
    50,
    150,
  )
  expect(made).toHaveLength(50)
  expect(compared).toHaveLength(150)
  expect(made.filter((path) => compared.includes(path))).toEqual([])
  for (const part of [made, compared]) {
    expect(Number.parseInt(part[0] ?? '', 10)).toBeLessThan(20)
    expect(Number.parseInt(part.at(-1) ?? '', 10)).toBeGreaterThan(950)
  }
})

it('leaves some to compare on when there are few', () => {
  const few = calibrationPhotos(photos(5), 50, 150)
  expect(few.calibrationPhotos).toEqual(['0.jpg', '2.jpg', '4.jpg'])
  expect(few.checkPhotos).toEqual(['1.jpg', '3.jpg'])
  expect(() => calibrationPhotos(photos(3), 50, 150)).toThrow('at least 4')
})
