// `bench -- drop`: how long a dropped 24-megapixel photo takes to say what it is.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dropFiles } from '../../e2e/drop-files.ts'
import { close, launch } from '../../e2e/launch-app.ts'
import { inProject } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { makeLargePhotos } from '../photos/large-photos.ts'
import { awaitBars, expectBars } from './time-to-bars.ts'
import { untilReady } from './until-ready.ts'

/** The first ones start decoder threads and warm the caches: they do not count. */
const warmUps = 2

export async function benchDrop(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: { count: { type: 'string', default: '20' } },
  })
  const count = numberOption('count', values.count)
  return withScratch(async (scratch) => {
    say(`making ${count} photos`)
    const photos = await makeLargePhotos(join(scratch, 'photos'), count + warmUps)
    const app = await launch(inProject('.'), join(scratch, 'data'))
    try {
      await untilReady(app.page)
      const times: number[] = []
      for (const photo of photos) {
        await expectBars(app.page)
        await dropFiles(app.page, [photo])
        const ms = await awaitBars(app.page)
        times.push(ms)
        await app.page.getByRole('button', { name: 'Dismiss' }).first().click()
      }
      const warm = times.slice(warmUps).sort((a, b) => a - b)
      return {
        drops: warm.length,
        medianMs: warm[warm.length >> 1],
        p90Ms: warm[Math.floor(warm.length * 0.9)],
        maxMs: warm.at(-1),
        errors: app.errors,
      }
    } finally {
      await close(app)
    }
  })
}
