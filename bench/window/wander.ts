// `bench -- wander`: whether the Cloud stays sound and small under random use.
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { randomFrom } from '../../main/inspect/dream/random.ts'
import { median } from '../measure/median.ts'
import { numberOption } from '../measure/number-option.ts'
import { type Memory, memoryOf } from '../measure/peak-memory.ts'
import { goToCloud, openLargeLibrary, withLargeLibrary } from './with-large-library.ts'

const sampleEveryMs = 10_000
/** Caches fill in the beginning. */
const settledAfter = 0.4
/** Shares of the time that are compared. */
const part = 0.2
const minuteMs = 60_000

type Random = () => number
type Act = (page: Page, random: Random) => Promise<void>

/** What the keys do stands in the window's palette. */
const keys = [
  'f',
  'g',
  'i',
  'a',
  'Shift+I',
  'Escape',
  'ArrowLeft',
  'ArrowUp',
  '+',
  '-',
  'n',
  'p',
  'h',
  't',
  '2',
  '3',
  'm',
]

const room = { left: 320, top: 130, width: 620, height: 440 }
const somewhere = (random: Random) => ({
  x: room.left + random() * room.width,
  y: room.top + random() * room.height,
})

const drag =
  (button: 'left' | 'right'): Act =>
  async (page, random) => {
    const [from, to] = [somewhere(random), somewhere(random)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down({ button })
    await page.mouse.move(to.x, to.y, { steps: 6 })
    await page.mouse.up({ button })
  }

/** By name, with how often each is done in comparison. */
const acts: Readonly<Record<string, readonly [number, Act]>> = {
  orbit: [6, drag('left')],
  pan: [2, drag('right')],
  zoom: [
    5,
    async (page, random) => {
      const at = somewhere(random)
      await page.mouse.move(at.x, at.y)
      await page.mouse.wheel(0, (random() - 0.5) * 800)
    },
  ],
  pick: [
    4,
    async (page, random) => {
      const at = somewhere(random)
      await page.mouse.click(at.x, at.y)
    },
  ],
  lasso: [
    2,
    async (page, random) => {
      await page.keyboard.press(random() < 0.5 ? 'l' : 'b')
      await drag('left')(page, random)
    },
  ],
  key: [
    8,
    async (page, random) => {
      await page.keyboard.press(keys[Math.floor(random() * keys.length)] ?? 'f')
    },
  ],
  colour: [
    1,
    async (page, random) => {
      const select = page.getByLabel('Colour by')
      const choices = await select.locator('option').count()
      await select.selectOption({ index: Math.floor(random() * choices) })
    },
  ],
  search: [
    1,
    async (page, random) => {
      const field = page.getByRole('searchbox').first()
      await field.fill(['dog', 'bird', 'car', 'photo 12', ''][Math.floor(random() * 5)] ?? '')
    },
  ],
  library: [
    0.5,
    async (page) => {
      await page.getByRole('tab', { name: 'Library', exact: true }).click()
      await page.getByRole('tab', { name: 'Cloud', exact: true }).click()
    },
  ],
  layout: [
    0.1,
    async (page) => {
      await page.evaluate(() => window.api.invoke('cloud:lay-out', { seed: Date.now() % 1000 }))
    },
  ],
}

export async function benchWander(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '30' },
      count: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
    },
  })
  const minutes = numberOption('minutes', values.minutes)
  const count = numberOption('count', values.count, 100)
  const random = randomFrom(numberOption('seed', values.seed))
  return withLargeLibrary(count, async (app) => {
    const { page, child } = app
    await openLargeLibrary(app)
    await goToCloud(app)
    const canvas = page.getByRole('application', { name: 'Cloud of photos' })
    await canvas.waitFor()
    const samples: Memory[] = []
    const done: Record<string, number> = {}
    const missed: Record<string, string> = {}
    const endMs = performance.now() + minutes * minuteMs
    let sampleMs = 0
    while (performance.now() < endMs) {
      if (performance.now() - sampleMs > sampleEveryMs && child.pid !== undefined) {
        sampleMs = performance.now()
        samples.push(await memoryOf(child.pid))
      }
      const [name, act] = chosenBy(random())
      try {
        if (name === 'key' || name === 'lasso') await canvas.focus({ timeout: 5_000 })
        await act(page, random)
        done[name] = (done[name] ?? 0) + 1
      } catch (error) {
        // A panel lay there, or a menu was open: a person would close it and go on.
        missed[name] = error instanceof Error ? error.message.slice(0, 200) : String(error)
        await page.keyboard.press('Escape')
      }
    }
    const status = await page.evaluate(() => window.api.invoke('cloud:open'))
    return {
      minutes,
      count,
      done,
      missed,
      state: status.ok ? status.value?.state : status.error.message,
      memory: growthOf(samples),
      errors: app.errors,
    }
  })
}

function chosenBy(share: number): [string, Act] {
  const total = Object.values(acts).reduce((sum, [weight]) => sum + weight, 0)
  let left = share * total
  for (const [name, [weight, act]] of Object.entries(acts)) {
    left -= weight
    if (left <= 0) return [name, act]
  }
  return ['orbit', drag('left')]
}

/** Medians of a fifth of the time after the beginning and of the last fifth, MB. */
function growthOf(samples: readonly Memory[]): object {
  const from = Math.floor(samples.length * settledAfter)
  const size = Math.max(1, Math.floor(samples.length * part))
  const early = samples.slice(from, from + size)
  const late = samples.slice(-size)
  const totals = (some: readonly Memory[]): number => median(some.map(({ totalMb }) => totalMb))
  return {
    samples: samples.length,
    earlyMb: totals(early),
    lateMb: totals(late),
    growth: totals(late) / totals(early) - 1,
    early: early.at(0)?.processes,
    late: late.at(-1)?.processes,
  }
}
