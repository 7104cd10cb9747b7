// A server that gives one file, and misbehaves as a test tells it to; on this machine alone.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FileServer {
  /** Address of the file. */
  readonly url: string
  /** The `range` header of every request, empty for none. */
  readonly ranges: string[]
  close(): Promise<void>
}

/** What becomes of a request; undefined answers it properly. */
export type Misbehaviour = (
  request: number,
  response: ServerResponse,
  asked: IncomingMessage,
) => boolean | undefined

/** @param misbehave tells whether it has answered by itself; requests count from 0 */
export async function serveFile(
  contents: Uint8Array,
  misbehave: Misbehaviour = () => undefined,
): Promise<FileServer> {
  const ranges: string[] = []
  const server = createServer((request, response) => {
    const number = ranges.push(request.headers.range ?? '') - 1
    if (misbehave(number, response, request) === true) return
    sendFrom(contents, request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/file.onnx`,
    ranges,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}

/** Answers a range properly, up to `end` when the connection is to be cut there. */
export function sendFrom(
  contents: Uint8Array,
  request: IncomingMessage,
  response: ServerResponse,
  end = contents.length,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (from >= contents.length && from > 0) {
    response.writeHead(416, { 'content-range': `bytes */${contents.length}` }).end()
    return
  }
  const isPart = request.headers.range !== undefined
  response.writeHead(isPart ? 206 : 200, {
    'content-length': contents.length - from,
    ...(isPart && {
      'content-range': `bytes ${from}-${contents.length - 1}/${contents.length}`,
    }),
  })
  const body = contents.subarray(from, Math.max(end, from))
  if (end >= contents.length) response.end(body)
  else response.write(body, () => response.destroy())
}
