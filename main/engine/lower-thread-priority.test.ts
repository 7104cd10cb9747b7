import { readdirSync, readlinkSync } from 'node:fs'
import { getPriority } from 'node:os'
import { expect, it } from 'vitest'
import { lowerThreadPriority } from './lower-thread-priority.ts'

const isLinux = process.platform === 'linux'
if (!isLinux) {
  process.stderr.write(
    'SKIPPED in lower-thread-priority.test.ts: threads have no priorities here\n',
  )
}

it.skipIf(!isLinux)('lowers the priority of its own thread and of no other', () => {
  const own = readlinkSync('/proc/thread-self').split('/').at(-1)
  const others = readdirSync('/proc/self/task').filter((thread) => thread !== own)
  const priorities = (): number[] => others.map((thread) => getPriority(Number(thread)))
  const before = priorities()
  lowerThreadPriority()
  expect(getPriority(Number(own))).toBe(10)
  expect(priorities()).toEqual(before)
})
