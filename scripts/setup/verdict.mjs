// Remembers for a while whether something could be reached, so that it is asked once and not at
// every start.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const KEEP_MS = 24 * 60 * 60 * 1000

/**
 * @param {string} cacheDir
 * @param {string} question a file-name-safe name for what is asked
 * @param {() => Promise<boolean>} ask
 * @param {() => number} [now]
 * @returns {Promise<{ verdict: boolean, remembered: boolean }>}
 */
export async function rememberedVerdict(cacheDir, question, ask, now = Date.now) {
  const file = join(cacheDir, `verdict-${question}.json`)
  const known = await readFile(file, 'utf8').then(JSON.parse, () => undefined)
  const age = now() - Number(known?.askedAt)
  if (typeof known?.verdict === 'boolean' && age >= 0 && age < KEEP_MS) {
    return { verdict: known.verdict, remembered: true }
  }
  const verdict = await ask()
  await mkdir(cacheDir, { recursive: true })
  await writeFile(file, JSON.stringify({ verdict, askedAt: now() }))
  return { verdict, remembered: false }
}
