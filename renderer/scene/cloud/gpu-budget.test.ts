import { describe, expect, it } from 'vitest'
import { gpuBudget } from './gpu-budget.ts'
import { pageBytes, thumbnailPages, tilePages } from './picture-pages-size.ts'

describe('gpuBudget', () => {
  it('stays below its limit for a million points on a 4K screen', () => {
    for (const software of [false, true]) {
      for (const [points, width, height] of [
        [500, 1280, 720],
        [1_000_000, 1280, 720],
        [1_000_000, software ? 1920 : 3840, software ? 1080 : 2160],
      ] as const) {
        const [pointBytes, canvasBytes] = [points * 28, width * height * 8]
        const { limitBytes, tileLayers, thumbnailLayers } = gpuBudget(
          software,
          pointBytes,
          canvasBytes,
        )
        const pictures =
          pageBytes(tilePages, tileLayers) + pageBytes(thumbnailPages, thumbnailLayers)
        expect(pointBytes + canvasBytes + pictures).toBeLessThanOrEqual(limitBytes)
        expect(thumbnailLayers).toBeGreaterThanOrEqual(64)
      }
    }
  })

  it('does not change while a library grows to a million photos', () => {
    const sizes = [500, 10_000, 1_000_000].map((points) => gpuBudget(false, points * 28, 7e6))
    expect(sizes[1]).toEqual(sizes[0])
    expect(sizes[2]).toEqual(sizes[0])
  })
})
