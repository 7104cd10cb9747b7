// Entry of the process that runs text networks: their runs must freeze nothing else.
import { availableParallelism } from 'node:os'
import { openChildPort } from '../engine/child-port.ts'
import { serveCalls } from '../inspect/call-server.ts'
import type { FromCallee, ToCallee } from '../inspect/calls.ts'
import { textHandlers } from './handlers.ts'

serveCalls(openChildPort<ToCallee, FromCallee>(), textHandlers(availableParallelism()))
