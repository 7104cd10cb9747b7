// Asks a NuGet server for a package of one version: where it is, how large, and what it hashes to.
import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { httpGet } from '../../scripts/setup/http-get.mjs'
import type { FileDigest } from '../fetch/file-hash.ts'

export interface PackageWanted {
  /** The server's service index: https://learn.microsoft.com/nuget/api/service-index */
  readonly indexUrl: string
  /** "Microsoft.ML.OnnxRuntime.Gpu.Linux" */
  readonly name: string
  readonly version: string
}

export interface PackageOnServer {
  readonly url: string
  readonly bytes: number
  readonly digest: FileDigest
}

const answerTimeoutMs = 20_000
const mostJsonBytes = 4 * 2 ** 20
/** Larger than any that there was; what is larger is something else. */
const mostPackageBytes = 2 * 2 ** 30

const serviceIndex = z.object({
  resources: z.array(z.object({ '@id': z.string(), '@type': z.string() })),
})
const registrationLeaf = z.object({ packageContent: z.string(), catalogEntry: z.string() })
const catalogLeaf = z.object({
  id: z.string(),
  version: z.string(),
  packageHash: z.string(),
  packageHashAlgorithm: z.literal('SHA512'),
  packageSize: z.int().min(1).max(mostPackageBytes),
})

/**
 * Three small answers: the service index, the version's registration leaf, and the catalogue's leaf,
 * which alone has the hash (learn.microsoft.com/nuget/api/catalog-resource). All must come from where
 * a connection cannot be tampered with.
 *
 * @throws Error in a person's words
 */
export async function askForPackage(
  { indexUrl, name, version }: PackageWanted,
  signal: AbortSignal,
): Promise<PackageOnServer> {
  const { resources } = await json(indexUrl, serviceIndex, signal)
  const registrations =
    resources.find((one) => one['@type'] === 'RegistrationsBaseUrl/3.6.0') ??
    resources.find((one) => one['@type'] === 'RegistrationsBaseUrl')
  if (registrations === undefined) {
    throw new Error(`${new URL(indexUrl).host} is no NuGet server: it names no registrations.`)
  }
  const base = registrations['@id'].replace(/\/?$/, '/')
  const leafUrl = `${base}${name.toLowerCase()}/${version.toLowerCase()}.json`
  const leaf = await json(leafUrl, registrationLeaf, signal)
  const entry = await json(leaf.catalogEntry, catalogLeaf, signal)
  if (entry.id.toLowerCase() !== name.toLowerCase() || entry.version !== version) {
    throw new Error(`It tells of ${entry.id} ${entry.version} instead of ${name} ${version}.`)
  }
  const hash = Buffer.from(entry.packageHash, 'base64')
  if (hash.length !== 64) throw new Error('Its hash of the package is no SHA-512.')
  return {
    url: safe(leaf.packageContent).href,
    bytes: entry.packageSize,
    digest: { algorithm: 'sha512', hex: hash.toString('hex') },
  }
}

async function json<T>(url: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const { host } = safe(url)
  signal.throwIfAborted()
  const response = await httpGet(url, {
    headers: { 'user-agent': 'latent' },
    timeoutMs: answerTimeoutMs,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${host} cannot be reached (${error.code ?? error.message}).`)
  })
  const stop = (): void => void response.destroy(new Error('It was stopped.'))
  const silence = setTimeout(
    () => response.destroy(new Error(`${host} fell silent.`)),
    answerTimeoutMs,
  )
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (response.statusCode !== 200) throw new Error(`${host} answered ${response.statusCode}.`)
    const parsed = shape.safeParse(JSON.parse(await textOf(response)))
    if (!parsed.success) throw new Error(`${host} gave an answer that no NuGet server gives.`)
    return parsed.data
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${host} gave an answer that is no JSON.`)
    throw error
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', stop)
    response.destroy()
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  // The hives of 3.4.0 and 3.6.0 are compressed whatever one asks for.
  const isPacked = response.headers['content-encoding'] === 'gzip'
  const pieces: Buffer[] = []
  let bytes = 0
  const stream = isPacked ? response.pipe(createGunzip()) : response
  if (isPacked) response.on('error', (error) => stream.destroy(error))
  for await (const piece of stream) {
    const buffer = piece as Buffer
    bytes += buffer.length
    if (bytes > mostJsonBytes) throw new Error('An answer was longer than any NuGet server gives.')
    pieces.push(buffer)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** @throws Error for an address that others on the way could answer for */
function safe(url: string): URL {
  const parsed = new URL(url)
  const isOwnMachine = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isOwnMachine)) return parsed
  throw new Error(`${parsed.host} is named with an address that is not secure.`)
}
