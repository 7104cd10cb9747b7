// Entry of a process that looks into networks. Main runs two: one that holds the looks and answers
// at once, and one for work that takes seconds (attributions, dreams).
import { openChildPort } from '../engine/child-port.ts'
import { DecodePool } from '../engine/decode-pool.ts'
import { serveCalls } from './call-server.ts'
import type { FromCallee, ToCallee } from './calls.ts'
import { inspectHandlers } from './handlers.ts'

const decodeTimeoutMs = 20_000

const pool = new DecodePool(new URL('./decode-worker.js', import.meta.url), {
  size: 1,
  timeoutMs: decodeTimeoutMs,
  // Without a decoder nothing can be looked at: main hears of it as a death and tells the person.
  onBroken: (reason) => {
    process.stderr.write(`The image decoder cannot start: ${reason}\n`)
    process.exit(1)
  },
})
serveCalls(openChildPort<ToCallee, FromCallee>(), inspectHandlers(pool))
