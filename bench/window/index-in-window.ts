// `bench -- window <folder>`: whether the program stays responsive while it indexes.
import { join, resolve } from 'node:path'
import { dropFiles } from '../../e2e/drop-files.ts'
import { close, type LatentApp, launch } from '../../e2e/launch-app.ts'
import { inProject } from '../measure/installed.ts'
import { PeakMemory } from '../measure/peak-memory.ts'
import { withScratch } from '../measure/scratch.ts'
import { mainLoopDelay, watchMainLoop } from './main-loop.ts'
import { until, untilReady } from './until-ready.ts'

export async function benchWindow([folder]: readonly string[]): Promise<object> {
  if (folder === undefined) throw new Error('Expected a folder of photos: bench -- window <folder>')
  return withScratch(async (scratch) => {
    const app = await launch(inProject('.'), join(scratch, 'data'))
    try {
      await untilReady(app.page)
      const memory = new PeakMemory(app.child.pid)
      await watchMainLoop(app.electron)
      const start = performance.now()
      const photos = await indexInWindow(app, resolve(folder))
      const seconds = (performance.now() - start) / 1000
      const loopDelay = await mainLoopDelay(app.electron)
      const peakMemory = await memory.stop()
      return {
        photos,
        photosPerSecond: photos / seconds,
        mainLoopDelay: loopDelay,
        peakMemoryMb: peakMemory?.totalMb ?? null,
        memoryAtPeak: peakMemory?.processes ?? null,
        errors: app.errors,
      }
    } finally {
      await close(app)
    }
  })
}

/** Opens the folder as a person's drop would, and waits until nothing is left to do. */
async function indexInWindow({ page }: LatentApp, folder: string): Promise<number> {
  await dropFiles(page, [folder])
  await until(() =>
    page.evaluate(async () => {
      const jobs = await window.api.invoke('jobs:list')
      return jobs.ok && jobs.value.some(({ state }) => state === 'done')
    }),
  )
  const library = await page.evaluate(() => window.api.invoke('library:current'))
  return library.ok ? (library.value?.doneCount ?? 0) : 0
}
