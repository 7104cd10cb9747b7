// Reads back from the window which picture each photo was drawn with.
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { spelledBlue } from './page/spelled-pictures.ts'

export interface PicturesRead {
  readonly tiles: number
  readonly thumbnails: number
  /** Photos that showed another's picture, or theirs upside down. */
  readonly wrong: number
}

/** Each is picked first, which takes a while in software. */
const mostRead = 150
/** Pixels above and below a photo's middle, well inside of it. */
const asidePx = 4
/** Scaling and drawing may round. */
const tolerance = 2

/** The layout has to be a plane, where no fog is, and its pictures have to spell their ids. */
export async function readPictures(page: Page): Promise<PicturesRead> {
  const shown = await page.evaluate((most) => {
    const { scene, cloud } = window.stage
    const onCanvas = Array.from(cloud.ids, (id, point) => ({ id, point, at: scene.whereIs(point) }))
      .flatMap(({ id, point, at }) => (at === null ? [] : [{ id, point, ...at }]))
      .filter(({ xPx, yPx }) => Math.min(xPx, yPx, innerWidth - xPx, innerHeight - yPx) > 12)
    const every = Math.max(1, Math.floor(onCanvas.length / most))
    // Only photos that nothing lies over at the pixels that are read.
    return onCanvas
      .filter((_, i) => i % every === 0)
      .filter(({ point, xPx, yPx }) =>
        [-4, 4].every((aside) => scene.pick(xPx, yPx + aside) === point),
      )
  }, mostRead)
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const colourAt = (xPx: number, yPx: number): readonly number[] => {
    const at = (Math.floor(yPx) * info.width + Math.floor(xPx)) * 3
    return [...data.subarray(at, at + 3)]
  }
  const read = { tiles: 0, thumbnails: 0, wrong: 0 }
  for (const { id, xPx, yPx } of shown) {
    const upper = colourAt(xPx, yPx - asidePx)
    const lower = colourAt(xPx, yPx + asidePx)
    const kind =
      (upper[2] ?? 0) > (spelledBlue.tile + spelledBlue.thumbnail) / 2 ? 'thumbnail' : 'tile'
    const expected = [id >> 8, id & 255, spelledBlue[kind]]
    const expectedBelow = [id >> 8, id & 255, spelledBlue[kind] + spelledBlue.lowerHalf]
    if (!alike(upper, expected) || !alike(lower, expectedBelow)) read.wrong++
    else if (kind === 'tile') read.tiles++
    else read.thumbnails++
  }
  return read
}

const alike = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= tolerance)
