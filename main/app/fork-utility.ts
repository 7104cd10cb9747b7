// Starts the engine as an Electron utility process.
import { utilityProcess } from 'electron'
import type { ForkEngine } from '../engine/host.ts'
import type { FromEngine } from '../engine/protocol.ts'

export const forkAsUtility =
  (entry: string): ForkEngine =>
  ({ onMessage, onExit }) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Latent engine', stdio: 'inherit' })
    child.on('message', (message: FromEngine) => onMessage(message))
    child.on('exit', onExit)
    return {
      send: (message) => child.postMessage(message),
      // A native call that hangs ignores the polite signal.
      kill: () => {
        if (child.pid === undefined) child.kill()
        else process.kill(child.pid, 'SIGKILL')
      },
    }
  }
