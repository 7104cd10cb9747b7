import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { appFolder } from './launch.ts'
import { readPictures } from './scene/read-pictures.ts'
import { openSceneWindow } from './scene/scene-window.ts'

/** Software draws all pixels. */
const smallWindow = { widthPx: 640, heightPx: 400 }

/** The page is the scene's own; a test fails when anything was logged as an error. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from it
  page: async ({}, use, info) => {
    const opened = await openSceneWindow(appFolder, join(info.outputDir, 'scene'), smallWindow)
    await use(opened.page)
    await opened.close()
    expect(opened.errors).toEqual([])
  },
})

test('picks what lies in front, and nothing that is hidden', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(30_000, 3, 'points')
    const hidden = Uint8Array.from({ length: 30_000 }, (_, point) => (point % 3 === 0 ? 1 : 0))
    stage.scene.setFlags(hidden)
    await stage.rest()
    return stage.checkPicks(100, hidden)
  })
  expect(found).toEqual({ tried: 100, right: 100 })
})

test('picks the right point anywhere on the way between two layouts', async ({ page }) => {
  const found = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(5_000, 3, 'points')
    const { positions } = stage.cloud
    const there = stage.elsewhere()
    stage.scene.setMorph(positions, there, 3)
    const checks = []
    for (const share of [0, 0.4, 1]) {
      stage.scene.morph(share, 0)
      await stage.rest()
      const places = positions.map((from, at) => from + ((there[at] ?? 0) - from) * share)
      checks.push(stage.checkPicksAt(places, 50))
    }
    // Laid out again, they stand where they are told to.
    stage.scene.setPositions(positions, 3, 0)
    await stage.rest()
    checks.push(stage.checkPicksAt(positions, 50))
    return checks.map(({ right }) => right)
  })
  expect(found).toEqual([50, 50, 50, 50])
})

test('shows each photo its own picture, upright, also after others took its place', async ({
  page,
}) => {
  await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(4_000, 2, 'photos')
    // Through many photos near by, more than there is room for, and back.
    for (let point = 0; stage.asked.thumbnails < 250; point += 150) {
      stage.scene.approach(point, 0)
      await stage.rest()
    }
    stage.scene.approach(5, 0)
    stage.scene.nudge({ zoom: -1 })
    await stage.rest()
  })
  const near = await readPictures(page)
  expect(near.wrong).toBe(0)
  expect(near.thumbnails).toBeGreaterThan(3)
  await page.evaluate(async () => {
    window.stage.scene.nudge({ zoom: -1.5 })
    await window.stage.rest()
  })
  const far = await readPictures(page)
  expect(far.wrong).toBe(0)
  expect(far.tiles).toBeGreaterThan(10)
  const { asked, facts } = await page.evaluate(() => ({
    asked: window.stage.asked,
    facts: window.stage.scene.facts(),
  }))
  expect(asked.thumbnails).toBeGreaterThan(facts.thumbnailsResident)
  expect(facts.gpuBytes).toBeLessThanOrEqual(facts.gpuLimitBytes)
})

test('draws nothing while nothing changes, and comes to rest after a push', async ({ page }) => {
  const frames = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(5_000, 3, 'photos')
    const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
    const drawn = (): number => stage.scene.facts().framesDrawn
    const still = drawn()
    await wait(600)
    const later = drawn()
    stage.scene.nudge({ turnX: 0.2 })
    await stage.rest()
    const pushed = drawn()
    await wait(600)
    return { still, later, pushed, rested: drawn() }
  })
  expect(frames.later).toBe(frames.still)
  expect(frames.pushed).toBeGreaterThan(frames.still)
  expect(frames.rested).toBe(frames.pushed)
})

test('builds everything again after the context was lost', async ({ page }) => {
  await page.evaluate(async () => {
    await window.stage.fill(2_000, 2, 'photos')
    window.stage.scene.approach(7, 0)
    window.stage.scene.nudge({ zoom: -1 })
    await window.stage.rest()
  })
  const before = await readPictures(page)
  await page.evaluate(async () => {
    const { stage } = window
    const extension = stage.canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
    extension?.loseContext()
    await new Promise((done) => setTimeout(done, 100))
    extension?.restoreContext()
    while (!stage.heard.includes('restored')) await new Promise((done) => setTimeout(done, 10))
    await stage.rest()
  })
  const after = await readPictures(page)
  expect(before.wrong + after.wrong).toBe(0)
  expect(after.tiles + after.thumbnails).toBe(before.tiles + before.thumbnails)
  expect(after.thumbnails).toBeGreaterThan(3)
  expect(
    await page.evaluate(() => window.stage.heard.filter((word) => !/hover/.test(word))),
  ).toEqual(['lost', 'restored'])
})

test('keeps what is under the pointer there while zooming to it', async ({ page }) => {
  const point = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(3_000, 3, 'points')
    const at = Array.from({ length: 3_000 }, (_, i) => i).find((i) => {
      const place = stage.scene.whereIs(i)
      return place !== null && place.xPx > 350 && stage.scene.pick(place.xPx, place.yPx) === i
    })
    return at ?? -1
  })
  const where = (): Promise<{ xPx: number; yPx: number } | null> =>
    page.evaluate((i) => window.stage.scene.whereIs(i), point)
  const before = await where()
  if (before === null) throw new Error('Expected a point in sight.')
  await page.mouse.move(before.xPx, before.yPx)
  await page.evaluate(() => window.stage.rest())
  expect(await page.evaluate(() => window.stage.heard.at(-1))).toBe(`hover ${point}`)
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -120)
  await page.evaluate(() => window.stage.rest())
  const after = await where()
  expect(Math.hypot((after?.xPx ?? 0) - before.xPx, (after?.yPx ?? 0) - before.yPx)).toBeLessThan(2)
})

test('turns by the left button, pans by the right, and glides points to new places', async ({
  page,
}) => {
  await page.evaluate(() => window.stage.fill(1_000, 3, 'points').then(() => {}))
  const view = () => page.evaluate(() => window.stage.scene.view())
  const drag = async (button: 'left' | 'right'): Promise<void> => {
    await page.mouse.move(300, 200)
    await page.mouse.down({ button })
    await page.mouse.move(400, 240, { steps: 4 })
    await page.mouse.up({ button })
    await page.evaluate(() => window.stage.rest())
  }
  const start = await view()
  await drag('left')
  const turned = await view()
  expect(turned.target).toEqual(start.target)
  expect(turned.position).not.toEqual(start.position)
  await drag('right')
  const panned = await view()
  const moves = [0, 1, 2].map((axis) => [
    (panned.target[axis] ?? 0) - (turned.target[axis] ?? 0),
    (panned.position[axis] ?? 0) - (turned.position[axis] ?? 0),
  ])
  for (const [target = 0, position = 0] of moves) expect(position).toBeCloseTo(target, 6)
  expect(Math.hypot(...moves.map(([target = 0]) => target))).toBeGreaterThan(0.1)
  const glide = await page.evaluate(async () => {
    const { scene, cloud, rest } = window.stage
    const where = (): number => scene.whereIs(4)?.xPx ?? Number.NaN
    const from = where()
    scene.setPositions(
      cloud.positions.map((value) => value * 0.5),
      3,
      400,
    )
    await new Promise((done) => setTimeout(done, 220))
    const middle = where()
    await rest.call(window.stage)
    return { from, middle, to: where() }
  })
  expect(Math.abs(glide.to - glide.from)).toBeGreaterThan(2)
  expect((glide.middle - glide.from) / (glide.to - glide.from)).toBeGreaterThan(0)
  expect((glide.middle - glide.from) / (glide.to - glide.from)).toBeLessThan(1)
})

test('centres what it fits in the part that no panel covers, and picks rightly there', async ({
  page,
}) => {
  const found = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(5_000, 3, 'points')
    const span = (): { readonly middle: number; readonly left: number; readonly right: number } => {
      const xs = Array.from({ length: 5_000 }, (_, i) => stage.scene.whereIs(i)?.xPx ?? 0)
      const [left, right] = [Math.min(...xs), Math.max(...xs)]
      return { middle: (left + right) / 2, left, right }
    }
    stage.scene.fit(null, 0)
    await stage.rest()
    const whole = span()
    // A flight under way would head for the new middle.
    await new Promise((done) => setTimeout(done, 400))
    stage.scene.setInset({ leftPx: 40, rightPx: 240, topPx: 0, bottomPx: 0 })
    await stage.rest()
    const untouched = span()
    stage.scene.fit(null, 0)
    await stage.rest()
    const picks = await stage.checkPicks(60, new Uint8Array(5_000))
    return { whole, untouched, between: span(), picks, turnsAbout: stage.scene.middle().xPx }
  })
  expect(found.untouched).toEqual(found.whole)
  expect(found.between.left).toBeGreaterThan(40)
  expect(found.between.right).toBeLessThan(400)
  expect(Math.abs(found.between.middle - 220)).toBeLessThan(30)
  expect(found.turnsAbout).toBeCloseTo(220, 6)
  expect(found.picks).toEqual({ tried: 60, right: 60 })
})

test('frames photos in the colours of their points, and without leaves them as they are', async ({
  page,
}) => {
  const shares = await page.evaluate(async () => {
    const { stage } = window
    await stage.fill(200, 2, 'photos')
    stage.scene.setColours(Uint8Array.from({ length: 600 }, (_, at) => [230, 0, 230][at % 3] ?? 0))
    stage.scene.approach(5, 0)
    const coloured = async (): Promise<number> => {
      await stage.rest()
      const copy = document.createElement('canvas')
      copy.width = stage.canvas.width
      copy.height = stage.canvas.height
      const context = copy.getContext('2d')
      // A canvas of WebGL keeps its picture only until the frame is over.
      stage.scene.setFocus(null)
      await new Promise((done) => requestAnimationFrame(done))
      context?.drawImage(stage.canvas, 0, 0)
      const { data } = context?.getImageData(0, 0, copy.width, copy.height) ?? { data: [] }
      let lit = 0
      for (let at = 0; at < data.length; at += 4)
        if ((data[at] ?? 0) > 180 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 0) > 180) lit++
      return lit / (data.length / 4)
    }
    const plain = await coloured()
    stage.scene.setFramed(true)
    const framed = await coloured()
    return { plain, framed }
  })
  expect(shares.framed).toBeGreaterThan(shares.plain + 0.01)
  expect(shares.framed).toBeLessThan(0.3)
})
