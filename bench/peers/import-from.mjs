// The peers' packages lie outside the project, where no import of ours would find them.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @param {string} folder the one that holds node_modules */
export function importFrom(folder, name) {
  const { resolve } = createRequire(join(folder, 'package.json'))
  return import(pathToFileURL(resolve(name)).href)
}
