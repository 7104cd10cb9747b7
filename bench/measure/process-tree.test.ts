import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parseStat, processTree } from './process-tree.ts'

describe('parseStat', () => {
  it('reads past names that hold spaces and parentheses', () => {
    const fields = Array.from({ length: 40 }, (_, i) => i)
    // From the third field on: state, parent, ... utime is the fourteenth.
    const stat = `77 (a (b) c) S 12 ${fields.join(' ')}`
    expect(parseStat(stat)).toEqual({ pid: 77, parent: 12, cpuSeconds: (9 + 10 + 11 + 12) / 100 })
  })
})

describe.runIf(process.platform === 'linux')('processTree', () => {
  it('holds the process and its children', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10000)'])
    try {
      const pids = (await processTree(process.pid)).map(({ pid }) => pid)
      expect(pids).toContain(process.pid)
      expect(pids).toContain(child.pid)
    } finally {
      child.kill()
    }
  })
})
