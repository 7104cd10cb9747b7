// Where the checkout is.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repoDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
