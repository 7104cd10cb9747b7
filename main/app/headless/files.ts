// The image files behind what a person names on the command line.
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatOfName } from '../../engine/image-format.ts'
import type { OsPath } from '../../engine/os-path.ts'
import { walk } from '../../library/walk.ts'
import { joinOsPath } from '../../store/scan-writes.ts'
import { say } from './output.ts'

/** A named file counts whatever it is; a folder gives every file whose name or content says image. */
export async function* filesOf(
  inputs: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<OsPath> {
  for (const input of inputs) {
    const path = resolve(input)
    const stats = await stat(path).catch(() => undefined)
    if (stats?.isDirectory()) {
      const root = Buffer.from(path)
      const onUnread = (folder: string, code: string): void =>
        say(`The folder ${folder || path} could not be read (${code}).`)
      for await (const { rel } of walk(root, { onUnread }, signal)) yield joinOsPath(root, rel)
    } else {
      if (stats === undefined && formatOfName(path) === undefined) say(`${input} cannot be found.`)
      yield path
    }
  }
}
