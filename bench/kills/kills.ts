// `bench -- kills <folder>`: what ends by force do to a library.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killWhileIndexing } from '../../e2e/kill-while-indexing.ts'
import { inProject } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { makeDistinctCopies } from '../photos/distinct-copies.ts'

/** Time for several commits. */
const latestMs = 8_000
/** Enough on an ordinary machine that the command has not ended before its kill. */
const photosPerKill = 120

export async function benchKills(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { kills: { type: 'string', default: '50' } },
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Expected a folder of photos: bench -- kills <folder>')
  const kills = numberOption('kills', values.kills)
  return withScratch(async (scratch) => {
    const photos = join(scratch, 'photos')
    await makeDistinctCopies(folder, photos, kills * photosPerKill)
    const report = await killWhileIndexing({
      appFolder: inProject('.'),
      dataFolder: join(scratch, 'data'),
      photos,
      library: join(scratch, 'library'),
      kills,
      latestMs,
      onKilled: ({ moment, afterMs, photos: rows, predictions, faults }) =>
        say(
          `killed while ${moment}, after ${afterMs} ms: ${rows} photos, ${predictions} predictions, ${faults.length} faults`,
        ),
    })
    const count = (moment: string): number =>
      report.kills.filter((kill) => kill.moment === moment).length
    return {
      kills: report.kills.length,
      whileIndexing: count('indexing'),
      whileStarting: count('starting'),
      faults: [...report.kills.flatMap(({ faults }) => faults), ...report.end.faults],
      photos: kills * photosPerKill,
      photosAtTheEnd: report.end.photos.size,
      predictionsAtTheEnd: report.end.vectors.size,
      summary: report.summary,
    }
  })
}
