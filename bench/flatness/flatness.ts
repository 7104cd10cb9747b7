// `bench -- flatness <folder>`: whether a photo costs the same in a small library and in a large one.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inProject } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { makeDistinctCopies } from '../photos/distinct-copies.ts'
import { deviations } from './deviations.ts'
import { watchIndexing } from './watch-indexing.ts'
import { windowCosts } from './window-costs.ts'

export async function benchFlatness(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '20000' },
      window: { type: 'string', default: '1000' },
    },
  })
  const [folder] = positionals
  if (folder === undefined) {
    throw new Error('Expected a folder of photos: bench -- flatness <folder>')
  }
  const count = numberOption('count', values.count)
  const windowPhotos = numberOption('window', values.window)
  return withScratch(async (scratch) => {
    const photos = join(scratch, 'photos')
    say(`making ${count} photos`)
    await makeDistinctCopies(folder, photos, count)
    const { samples, summary, peakMemory } = await watchIndexing(
      inProject('.'),
      join(scratch, 'data'),
      photos,
      join(scratch, 'library'),
    )
    const windows = windowCosts(samples, windowPhotos)
    return {
      photos: count,
      windowPhotos,
      /** Milliseconds a photo. */
      windows: windows.map(({ wallMs, cpuMs }) => ({ wallMs, cpuMs })),
      ...deviations(windows),
      peakMemoryMb: peakMemory?.totalMb ?? null,
      memoryAtPeak: peakMemory?.processes ?? null,
      summary,
    }
  })
}
