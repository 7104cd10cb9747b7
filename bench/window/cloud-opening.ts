// `bench -- opening`: how soon a large library's Cloud is on the screen.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { numberOption } from '../measure/number-option.ts'
import { PeakMemory } from '../measure/peak-memory.ts'
import { goToCloud, openLargeLibrary, withLargeLibrary } from './with-large-library.ts'

/** A look costs time itself; so often is often enough. */
const lookEveryMs = 100
const mostMs = 60_000
/** Pixels that are no background, when points are there. */
const fewestLit = 2_000
/** Of a window of 1280 x 720: no panel lies there. */
const middle = { x: 400, y: 150, width: 500, height: 420 }

export async function benchOpening(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: { count: { type: 'string', default: '100000' } },
  })
  const count = numberOption('count', values.count, 100)
  return withLargeLibrary(count, async (app) => {
    const { page, child } = app
    const memory = new PeakMemory(child.pid)
    const openedMs = performance.now()
    await openLargeLibrary(app)
    await page.getByRole('grid').first().waitFor()
    const listedMs = performance.now()
    await goToCloud(app)
    // They come when groups are found, which would count as another picture.
    await page.getByRole('button', { name: 'Show or hide the names of clusters' }).click()
    const shown = await untilShown(page)
    const peak = await memory.stop()
    return {
      count,
      libraryListedMs: listedMs - openedMs,
      firstPointsMs: shown.firstMs - listedMs,
      // The picture no longer changes: every point is drawn, at full quality.
      fullPictureMs: shown.lastChangeMs - listedMs,
      fromOpeningMs: shown.lastChangeMs - openedMs,
      peakMemoryMb: peak?.totalMb ?? null,
      memoryAtPeak: peak?.processes ?? null,
      errors: app.errors,
    }
  })
}

/** When points are first seen, and when the picture changed last before it stood for two seconds. */
async function untilShown(
  page: Page,
): Promise<{ readonly firstMs: number; readonly lastChangeMs: number }> {
  const startMs = performance.now()
  let firstMs = 0
  let lastChangeMs = startMs
  let before: Buffer = Buffer.alloc(0)
  while (performance.now() - startMs < mostMs) {
    const askedMs = performance.now()
    const png = await page.screenshot({ clip: middle }).catch(() => undefined)
    if (png !== undefined) {
      const pixels = await sharp(png).removeAlpha().greyscale().raw().toBuffer()
      if (firstMs === 0 && litIn(pixels) > fewestLit) firstMs = askedMs
      if (!pixels.equals(before)) lastChangeMs = askedMs
      before = pixels
      if (firstMs > 0 && askedMs - lastChangeMs > 2_000) return { firstMs, lastChangeMs }
    }
    await sleep(lookEveryMs)
  }
  throw new Error('The Cloud did not come to rest within a minute.')
}

function litIn(greys: Buffer): number {
  const background = greys[0] ?? 0
  let lit = 0
  for (const grey of greys) if (Math.abs(grey - background) > 24) lit++
  return lit
}
