// A window on a large library that never was: made, opened as the app's, and gone afterwards.
import { join } from 'node:path'
import { close, type LatentApp, launch } from '../../e2e/launch-app.ts'
import { defaultModel, inProject } from '../measure/installed.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { makeLargeLibrary } from './large-library.ts'
import { untilReady } from './until-ready.ts'

/** Its library is in the list of recent ones, and the model is loaded. */
export async function withLargeLibrary<Result>(
  count: number,
  run: (app: LatentApp) => Promise<Result>,
): Promise<Result> {
  const { spec } = await defaultModel()
  return withScratch(async (scratch) => {
    const data = join(scratch, 'data')
    say(`making a library of ${count} photos`)
    await makeLargeLibrary(data, count, spec)
    const app = await launch(inProject('.'), data)
    try {
      await untilReady(app.page)
      await app.page.setViewportSize({ width: 1280, height: 720 }).catch(() => {})
      return await run(app)
    } finally {
      await close(app)
    }
  })
}

export const openLargeLibrary = (app: LatentApp): Promise<void> =>
  app.page.getByRole('button', { name: /many/ }).first().click()

export const goToCloud = (app: LatentApp): Promise<void> =>
  app.page.getByRole('tab', { name: 'Cloud', exact: true }).click()
