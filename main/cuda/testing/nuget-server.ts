// A server that speaks as much of NuGet's protocol as a package needs; on this machine alone.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { sendFrom } from '../../fetch/testing/file-server.ts'

export interface NugetServer {
  readonly indexUrl: string
  /** Paths that were asked for. */
  readonly asked: string[]
  /** The `range` header of every request for the package. */
  readonly ranges: string[]
  close(): Promise<void>
}

export interface NugetServerOptions {
  readonly name: string
  readonly version: string
  readonly package: Uint8Array
  /** Changes the catalogue's leaf. */
  readonly leaf?: Readonly<Record<string, unknown>>
  /** Tells whether it has answered a request for the package by itself; they count from 0. */
  readonly misbehave?: (
    request: number,
    response: ServerResponse,
    asked: IncomingMessage,
  ) => boolean
}

export async function serveNuget(options: NugetServerOptions): Promise<NugetServer> {
  const { name, version, misbehave = () => false } = options
  const asked: string[] = []
  const ranges: string[] = []
  const id = name.toLowerCase()
  let root = ''
  const answers = (): Readonly<Record<string, unknown>> => ({
    '/v3/index.json': {
      version: '3.0.0',
      resources: [
        { '@id': `${root}/flat/`, '@type': 'PackageBaseAddress/3.0.0' },
        { '@id': `${root}/plain/`, '@type': 'RegistrationsBaseUrl' },
        { '@id': `${root}/gz/`, '@type': 'RegistrationsBaseUrl/3.6.0' },
      ],
    },
    [`/gz/${id}/${version}.json`]: {
      '@id': `${root}/gz/${id}/${version}.json`,
      catalogEntry: `${root}/catalog0/${id}.${version}.json`,
      listed: true,
      packageContent: `${root}/flat/${id}/${version}/${id}.${version}.nupkg`,
    },
    [`/catalog0/${id}.${version}.json`]: {
      id: name,
      version,
      packageHash: createHash('sha512').update(options.package).digest('base64'),
      packageHashAlgorithm: 'SHA512',
      packageSize: options.package.length,
      ...options.leaf,
    },
  })
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path.endsWith('.nupkg')) {
      const number = ranges.push(request.headers.range ?? '') - 1
      if (!misbehave(number, response, request)) sendFrom(options.package, request, response)
      return
    }
    const answer = answers()[path]
    if (answer === undefined) return response.writeHead(404).end()
    const text = JSON.stringify(answer)
    // As nuget.org does, whatever the request accepts.
    if (path.startsWith('/gz/')) {
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text))
    }
    return response.writeHead(200, { 'content-type': 'application/json' }).end(text)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    indexUrl: `${root}/v3/index.json`,
    asked,
    ranges,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
