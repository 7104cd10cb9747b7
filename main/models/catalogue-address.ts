// Where files of the catalogue come from: one host, or the mirror that a company names.

/** A mirror may be plain only on this very machine. */
const isOwnMachine = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host)

/**
 * @param path of a file, below the address
 * @param mirror stands for the usual address where it is a proper one; hashes are checked all the same
 */
export function catalogueAddress(path: string, usual: string, mirror: string | undefined): URL {
  const base = mirror !== undefined && URL.canParse(mirror) ? new URL(mirror) : new URL(usual)
  const isSafe =
    base.protocol === 'https:' || (base.protocol === 'http:' && isOwnMachine(base.hostname))
  const root = isSafe ? base.href : usual
  return new URL(path, root.endsWith('/') ? root : `${root}/`)
}
