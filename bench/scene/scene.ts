// `bench -- scene`: how fast the Cloud is drawn, against three's bare points, and whether it is right.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { readPictures } from '../../e2e/scene/read-pictures.ts'
import { openSceneWindow } from '../../e2e/scene/scene-window.ts'
import { inProject } from '../measure/installed.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { type FrameTimes, frameTimes, tenths } from './frame-times.ts'

const windowSize = { widthPx: 1280, heightPx: 720 }
const movingMs = 8_000
const idleMs = 1_000
const picks = 100

interface Drawn {
  readonly moving: FrameTimes
  readonly pointsWhileMoving: number
  /** While all points travel between two layouts. */
  readonly travelling: FrameTimes
  /** From the end of a move to the picture with everything in it. */
  readonly refinedMs: number
  /** From the first call to the first such picture. */
  readonly firstPictureMs: number
  readonly bare: FrameTimes
  /** Of a moving frame's and of the whole refinement's time to one frame of bare points. */
  readonly movingToBare: number
  readonly refinedToBare: number
}

export async function benchScene(): Promise<object> {
  return withScratch(async (scratch) => {
    const window = await openSceneWindow(inProject('.'), join(scratch, 'scene'), windowSize)
    const { page, errors } = window
    try {
      const photos = await draw(page, 100_000, 'photos')
      const picked = await checkPicks(page)
      const idleFrames = await idle(page)
      const many = await draw(page, 1_000_000, 'points')
      const memory = await memoryOf(page)
      const pictures = await checkPictures(page)
      const canvas = `${windowSize.widthPx}x${windowSize.heightPx}`
      return { canvas, photos, many, picked, pictures, idleFrames, memory, errors }
    } finally {
      await window.close()
    }
  })
}

async function draw(page: Page, points: number, drawing: 'points' | 'photos'): Promise<Drawn> {
  say(`${points} bare points`)
  const bareTimes = await page.evaluate(([count, ms]) => window.stage.turningBare(count, ms), [
    points,
    movingMs,
  ] as const)
  say(`${points} points of the Cloud`)
  const measured = await page.evaluate(
    async ([count, ms, as]) => {
      const { stage } = window
      const firstPictureMs = await stage.fill(count, 3, as)
      // The pace is learnt in the first move, as it is in the app.
      await stage.turning(ms / 2)
      await stage.rest()
      const times = await stage.turning(ms)
      const pointsWhileMoving = stage.scene.facts().pointsDrawn
      const stoppedMs = performance.now()
      await stage.rest()
      const refinedMs = performance.now() - stoppedMs
      const travelling = await stage.travelling(ms / 2)
      await stage.rest()
      stage.scene.setPositions(stage.cloud.positions, 3, 0)
      await stage.rest()
      return { firstPictureMs, times, pointsWhileMoving, refinedMs, travelling }
    },
    [points, movingMs, drawing] as const,
  )
  const [bare, moving] = [frameTimes(bareTimes), frameTimes(measured.times)]
  return {
    moving,
    pointsWhileMoving: measured.pointsWhileMoving,
    travelling: frameTimes(measured.travelling),
    refinedMs: Math.round(measured.refinedMs),
    firstPictureMs: Math.round(measured.firstPictureMs),
    bare,
    movingToBare: tenths(moving.medianMs / bare.medianMs),
    refinedToBare: tenths(measured.refinedMs / bare.medianMs),
  }
}

/** Dots alone, since photos cover more than the check's own reckoning knows. */
const checkPicks = (page: Page): Promise<object> =>
  page.evaluate(async (tries) => {
    const { stage } = window
    stage.scene.setDrawing('points')
    await stage.rest()
    const startedMs = performance.now()
    const check = stage.checkPicks(tries, new Uint8Array(stage.cloud.ids.length))
    return { ...check, msPerTry: Math.round((performance.now() - startedMs) / tries) }
  }, picks)

const idle = (page: Page): Promise<number> =>
  page.evaluate(async (ms) => {
    const before = window.stage.scene.facts().framesDrawn
    await new Promise((done) => setTimeout(done, ms))
    return window.stage.scene.facts().framesDrawn - before
  }, idleMs)

const memoryOf = (page: Page): Promise<object> =>
  page.evaluate(() => {
    const { gpuBytes, gpuLimitBytes } = window.stage.scene.facts()
    const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000)
    return { gpuMb: megabytes(gpuBytes), limitMb: megabytes(gpuLimitBytes) }
  })

async function checkPictures(page: Page): Promise<object> {
  say('right picture on right photo')
  await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(12_000, 2, 'photos')
    for (let point = 0; stage.asked.thumbnails < 400; point += 500) {
      stage.scene.approach(point, 0)
      await stage.rest()
    }
    stage.scene.nudge({ zoom: -1 })
    await stage.rest()
  })
  const near = await readPictures(page)
  await page.evaluate(async () => {
    window.stage.scene.nudge({ zoom: -1.5 })
    await window.stage.rest()
  })
  const far = await readPictures(page)
  return {
    tiles: near.tiles + far.tiles,
    thumbnails: near.thumbnails + far.thumbnails,
    wrong: near.wrong + far.wrong,
  }
}
