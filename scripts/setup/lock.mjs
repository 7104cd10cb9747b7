// Lets one set-up work at a time, so that two commands started together do not fetch or build the
// same thing into the same place.
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './progress.mjs'

const POLL_MS = 300
/** A holder shows this often that it lives, and counts as gone after so long without. */
const BEAT_MS = 2000
const GONE_AFTER_MS = 20_000

/**
 * @template T
 * @param {string} cacheDir
 * @param {() => Promise<T>} work should look again whether there is still something to do
 * @returns {Promise<T>}
 */
export async function withSetupLock(cacheDir, work) {
  const file = join(cacheDir, 'set-up.lock')
  await mkdir(cacheDir, { recursive: true })
  for (let waiting = false; !(await take(file)); ) {
    if (!waiting) say('waiting for another set-up to finish')
    waiting = true
    await sleep(POLL_MS)
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => {})
  }, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

/** @returns {Promise<boolean>} whether the lock is ours now */
async function take(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  if (await isHeld(file)) return false
  await rm(file, { force: true })
  return take(file)
}

/** The process id alone does not tell: it lives on in a zombie, and is given out again. */
async function isHeld(file) {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''))
  // Let go in this very moment: the next look will find it free.
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }))
  if (Date.now() - mtimeMs > GONE_AFTER_MS) return false
  // An empty file is one that its owner is just writing.
  return holder === 0 || isAlive(holder)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
