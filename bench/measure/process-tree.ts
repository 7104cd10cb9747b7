// The processes below one process, and what they have used, from Linux's /proc.
import { readdir, readFile } from 'node:fs/promises'

/** Linux reports times in clock ticks, of which there are 100 a second on every architecture. */
const ticksPerSecond = 100

interface ProcessTimes {
  readonly pid: number
  readonly parent: number
  /** User and system time, of children that were waited for as well. */
  readonly cpuSeconds: number
}

/** @returns `root` and everything below it; empty where there is no /proc */
export async function processTree(root: number): Promise<readonly ProcessTimes[]> {
  const all = await allProcesses()
  const tree = new Set([root])
  // A child may stand before its parent: repeat until nothing more joins.
  for (let before = 0; before !== tree.size; ) {
    before = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  return all.filter(({ pid }) => tree.has(pid))
}

async function allProcesses(): Promise<readonly ProcessTimes[]> {
  const names = await readdir('/proc').catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').then(parseStat, () => undefined)),
  )
  return found.filter((times) => times !== undefined)
}

/** proc(5): the name stands in parentheses and may hold anything, so fields count from its end. */
export function parseStat(stat: string): ProcessTimes {
  const pid = Number.parseInt(stat, 10)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // utime, stime, cutime, cstime.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { pid, parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond }
}
