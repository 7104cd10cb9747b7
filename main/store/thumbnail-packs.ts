// Thumbnails one after the other in pack files, so that a batch costs one flush, not one a photo.
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** A new pack begins past this size. */
const packMaxBytes = 2 ** 28

export interface ThumbnailPlace {
  /** From 1 on; 0 stands for no thumbnail. */
  readonly pack: number
  readonly offset: number
  readonly bytes: number
}

export class ThumbnailPacks {
  private readonly fds = new Map<number, number>()
  private pack: number
  private end: number

  /** @param lastPack the newest pack that the database knows, or 0 */
  constructor(
    private readonly folder: string,
    lastPack: number,
  ) {
    this.pack = Math.max(lastPack, 1)
    // Bytes that a killed process wrote but never committed stay behind as waste.
    this.end = fstatSync(this.open(this.pack)).size
  }

  append(jpeg: Uint8Array): ThumbnailPlace {
    if (this.end > packMaxBytes) {
      this.pack++
      this.end = 0
    }
    writeSync(this.open(this.pack), jpeg, 0, jpeg.byteLength, this.end)
    const place = { pack: this.pack, offset: this.end, bytes: jpeg.byteLength }
    this.end += jpeg.byteLength
    return place
  }

  read({ pack, offset, bytes }: ThumbnailPlace): Uint8Array {
    const jpeg = new Uint8Array(bytes)
    readSync(this.open(pack), jpeg, 0, bytes, offset)
    return jpeg
  }

  sync(): void {
    fdatasyncSync(this.open(this.pack))
  }

  dispose(): void {
    for (const fd of this.fds.values()) closeSync(fd)
    this.fds.clear()
  }

  private open(pack: number): number {
    const known = this.fds.get(pack)
    if (known !== undefined) return known
    const path = join(this.folder, `${String(pack).padStart(4, '0')}.pack`)
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644)
    this.fds.set(pack, fd)
    return fd
  }
}
