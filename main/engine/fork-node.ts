// Starts a child of main as a plain Node process: for tests, benchmarks and scripts.
import { fork, type Serializable } from 'node:child_process'
import type { Fork } from './child-process.ts'

export const forkWithNode =
  <ToChild, FromChild>(entry: string): Fork<ToChild, FromChild> =>
  ({ onMessage, onExit }) => {
    const child = fork(entry, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    // Both ends are typed by the same protocol, whose messages are structured-cloneable.
    child.on('message', (message) => onMessage(message as FromChild))
    child.on('exit', onExit)
    child.on('error', () => child.kill('SIGKILL'))
    return {
      send: (message) => {
        if (child.connected) child.send(message as Serializable)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
