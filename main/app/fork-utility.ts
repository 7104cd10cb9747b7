// Starts a child of main as an Electron utility process.
import { utilityProcess } from 'electron'
import type { Fork } from '../engine/child-process.ts'

/**
 * @param serviceName shown in the system's list of processes: "Latent engine"
 * @param more for its environment, asked at each start
 */
export const forkAsUtility =
  <ToChild, FromChild>(
    entry: string,
    serviceName: string,
    more: () => Readonly<Record<string, string>> = () => ({}),
  ): Fork<ToChild, FromChild> =>
  ({ onMessage, onExit }) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName,
      stdio: 'inherit',
      env: { ...process.env, ...more() },
    })
    // Both ends are typed by the same protocol.
    child.on('message', (message: FromChild) => onMessage(message))
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
