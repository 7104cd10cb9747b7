// How much room a disk has.
import { statfs } from 'node:fs/promises'

/** Of the disk that holds the folder, for this person. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
