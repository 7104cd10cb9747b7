// Keeps the graph that ONNX Runtime made of a network for this processor: the next start need not
// make it again.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { arch, cpus } from 'node:os'
import { join } from 'node:path'

/** How a session is to be made. */
export type GraphSource =
  | { readonly kind: 'network'; readonly keepIn: string | undefined }
  /** It is optimised already. */
  | { readonly kind: 'kept'; readonly path: string }

export interface KeptGraphOptions {
  readonly folder: string
  readonly networkPath: string
  /** Version of ONNX Runtime. */
  readonly runtime: string
}

/** Each is as large as its network: those that were used last stay. */
const mostKept = 6

/**
 * Makes a session of the kept graph, or of the network, whose graph is then kept. A graph that does not
 * load is thrown away; not being able to keep one is no reason to fail.
 *
 * @throws what `create` throws of the network itself
 */
export async function withKeptGraph<Session>(
  { folder, networkPath, runtime }: KeptGraphOptions,
  create: (source: GraphSource) => Promise<Session>,
): Promise<Session> {
  const name = `${await networkKey(networkPath)}-${await machineKey(runtime)}.onnx`
  const path = join(folder, name)
  if (await isThere(path)) {
    try {
      const session = await create({ kind: 'kept', path })
      await utimes(path, new Date(), new Date()).catch(() => {})
      return session
    } catch {
      await rm(path, { force: true })
    }
  }
  const writable = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  )
  if (!writable) return create({ kind: 'network', keepIn: undefined })
  const incoming = join(folder, `.${name}.${randomUUID()}`)
  let session: Session
  try {
    session = await create({ kind: 'network', keepIn: incoming })
  } catch {
    // A full drive must not keep the network from running.
    await rm(incoming, { force: true })
    return create({ kind: 'network', keepIn: undefined })
  }
  await keep(incoming, path).catch(() => rm(incoming, { force: true }))
  await forgetOldest(folder).catch(() => {})
  return session
}

/** Files of networks are replaced, never changed. */
async function networkKey(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  return shortHash([path, String(size), String(mtimeMs)])
}

/** What the graph holds good for: it is laid out for the instructions of one processor. */
async function machineKey(runtime: string): Promise<string> {
  // Virtual machines of one model may differ in their instructions; only Linux lists them.
  const listed = await readFile('/proc/cpuinfo', 'utf8').catch(() => '')
  const instructions = /^(flags|Features)\s*:.*$/m.exec(listed)?.[0] ?? ''
  return shortHash([runtime, process.platform, arch(), cpus()[0]?.model ?? '', instructions])
}

const shortHash = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)

async function keep(incoming: string, path: string): Promise<void> {
  const file = await open(incoming, 'r+')
  await file.sync().finally(() => file.close())
  await rename(incoming, path)
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.onnx'))
  const used = await Promise.all(
    names.map(async (name) => ({ name, atMs: (await stat(join(folder, name))).mtimeMs })),
  )
  const oldest = used.toSorted((a, b) => b.atMs - a.atMs).slice(mostKept)
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })))
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
