// Lets other threads of the process come first.
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** As `nice` counts: a third of the way to the least. */
const niceness = 10

/**
 * Lowers the priority of the calling thread and of those that it starts. Only Linux tells threads
 * apart (setpriority(2)); elsewhere nothing happens.
 */
export function lowerThreadPriority(): void {
  if (process.platform !== 'linux') return
  try {
    // "<process>/task/<thread>"
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), niceness)
  } catch {
    // No such folder in some sandboxes: then all threads are equal.
  }
}
