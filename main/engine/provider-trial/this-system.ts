// The system that the program runs on, as far as graphics devices are told by it.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { SystemFiles } from './graphics-devices.ts'

const nvidiaSmiTimeoutMs = 5_000

export const thisSystem: SystemFiles = {
  root: '/',
  env: process.env,
  nvidiaMemory: async () => {
    const query = ['--query-gpu=memory.total', '--format=csv,noheader,nounits']
    const { stdout } = await promisify(execFile)('nvidia-smi', query, {
      timeout: nvidiaSmiTimeoutMs,
    })
    return stdout
  },
}
