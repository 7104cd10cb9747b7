// Ends `latent index` by force again and again, and looks at what each end left behind.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnCommand } from './electron-process.ts'
import { checkLibrary, type LibraryCheck } from './library-check.ts'

export interface KillPlan {
  /** The checkout, built. */
  readonly appFolder: string
  readonly dataFolder: string
  /** Photos in it must be enough to keep the command busy past the last kill. */
  readonly photos: string
  readonly library: string
  readonly kills: number
  /** A kill falls at random into this time from the first sign of work. */
  readonly latestMs: number
  /** Told after each kill. */
  readonly onKilled: (kill: Kill) => void
}

export interface Kill {
  /** What the command was at. */
  readonly moment: 'starting' | 'indexing'
  readonly afterMs: number
  readonly photos: number
  readonly predictions: number
  readonly faults: readonly string[]
}

export interface KillReport {
  readonly kills: readonly Kill[]
  /** The command's own summary of the run that was left to end, and what was wrong then. */
  readonly summary: Record<string, unknown>
  readonly end: LibraryCheck
}

/** Of every so many kills, one falls into the start instead of the work. */
const startingEvery = 5
/** Starting takes about as long: the model loads, the library opens. */
const latestInStartMs = 2_500

/** @throws Error when the command ends by itself before its kill */
export async function killWhileIndexing(plan: KillPlan): Promise<KillReport> {
  const { appFolder, dataFolder, photos, library, onKilled } = plan
  const command = ['index', photos, '--library', library]
  // Only a run to the end shows what is lost for good.
  let before = await checkLibrary(library)
  const kills: Kill[] = []
  for (let i = 0; i < plan.kills; i++) {
    const moment = i % startingEvery === startingEvery - 1 ? 'starting' : 'indexing'
    const child = spawnCommand(appFolder, dataFolder, command)
    const closed = once(child, 'close')
    const working = progressOf(child)
    if (moment === 'indexing') await Promise.race([working, closed])
    else working.catch(() => {})
    const afterMs = Math.round(
      Math.random() * (moment === 'indexing' ? plan.latestMs : latestInStartMs),
    )
    await sleep(afterMs)
    if (child.exitCode !== null || child.pid === undefined) {
      throw new Error(`Expected latent index to be at work but it ended (${child.exitCode}).`)
    }
    // The whole group: main, engine and Chromium's helpers at the same moment.
    process.kill(-child.pid, 'SIGKILL')
    await closed
    const after = await checkLibrary(library)
    const kill: Kill = {
      moment,
      afterMs,
      photos: after.photos.size,
      predictions: after.vectors.size,
      faults: [...after.faults, ...lost(before, after)],
    }
    kills.push(kill)
    onKilled(kill)
    before = after
  }
  const last = spawnCommand(appFolder, dataFolder, command)
  last.stderr?.resume()
  let output = ''
  last.stdout?.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  await once(last, 'close')
  const { summary } = JSON.parse(output) as { summary: Record<string, unknown> }
  const end = await checkLibrary(library)
  return { kills, summary, end: { ...end, faults: [...end.faults, ...lost(before, end)] } }
}

/** What was committed once must still be there, unchanged. */
function lost(before: LibraryCheck, after: LibraryCheck): readonly string[] {
  const photos = [...before.photos].filter(([id, rel]) => after.photos.get(id) !== rel)
  const vectors = [...before.vectors].filter(([id, sum]) => after.vectors.get(id) !== sum)
  return [
    ...photos.map(([id, rel]) => `photo ${id} (${rel}) was lost`),
    ...vectors.map(([id]) => `the prediction of photo ${id} was lost or its vector changed`),
  ]
}

/** Resolves at the first sign that photos are being analysed. */
function progressOf(child: ReturnType<typeof spawnCommand>): Promise<void> {
  return new Promise((resolve, reject) => {
    const { stderr } = child
    if (stderr === null) reject(new Error('Expected the command to have an stderr.'))
    else createInterface(stderr).on('line', (line) => /^\d+ of \d+/.test(line) && resolve())
  })
}
