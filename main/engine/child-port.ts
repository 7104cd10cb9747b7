// The child's end of the line to main, the same under Electron's utilityProcess and Node's fork.

export interface ChildPort<In, Out> {
  send(message: Out): void
  listen(handle: (message: In) => void): void
}

interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', handle: (event: { data: unknown }) => void): void
}

/** Call once, in a process that main started. Under Node, the process ends with its parent. */
export function openChildPort<In, Out>(): ChildPort<In, Out> {
  const { parentPort } = process as { parentPort?: ElectronPort }
  // What arrives was sent by the one owner of this process, which is typed by the same protocol.
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      listen: (handle) => parentPort.on('message', ({ data }) => handle(data as In)),
    }
  }
  process.on('disconnect', () => process.exit(0))
  return {
    send: (message) => void process.send?.(message),
    listen: (handle) => process.on('message', (message) => handle(message as In)),
  }
}
