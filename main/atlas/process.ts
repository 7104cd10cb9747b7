// Entry of the process that lays the Cloud out: minutes of sums that must freeze nothing else.
import { availableParallelism } from 'node:os'
import { openChildPort } from '../engine/child-port.ts'
import { serveCalls } from '../inspect/call-server.ts'
import type { FromCallee, ToCallee } from '../inspect/calls.ts'
import { atlasHandlers } from './handlers.ts'

serveCalls(
  openChildPort<ToCallee, FromCallee>(),
  atlasHandlers({
    workerUrl: new URL('./layout-worker.js', import.meta.url),
    threads: availableParallelism(),
  }),
)
