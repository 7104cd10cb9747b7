// Starts the engine as a plain Node child process: for tests, benchmarks and scripts.
import { fork } from 'node:child_process'
import type { ForkEngine } from './host.ts'
import type { FromEngine } from './protocol.ts'

export const forkWithNode =
  (entry: string): ForkEngine =>
  ({ onMessage, onExit }) => {
    const child = fork(entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.on('message', (message) => onMessage(message as FromEngine))
    child.on('exit', onExit)
    child.on('error', () => child.kill('SIGKILL'))
    return {
      send: (message) => {
        if (child.connected) child.send(message)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
