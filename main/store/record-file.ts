// A flat file of records of one size, addressed by slot: embeddings, tiles.
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { crc32 } from 'node:zlib'

/**
 * Header, 64 bytes little-endian: mark "LATENT1\0", record size in bytes (u32), length of the tag
 * in bytes (u32), the tag (UTF-8, at most 44 bytes), CRC-32 of all before it (u32, at 60).
 * Records follow; those never written are zeros.
 */
const headerBytes = 64
const mark = 'LATENT1\0'
const tagMaxBytes = 44

/** The file exists but is not what the library wrote. */
export class ForeignFileError extends Error {}

export class RecordFile {
  private constructor(
    private readonly fd: number,
    private readonly recordBytes: number,
  ) {}

  /**
   * Opens or creates the file.
   *
   * @param tag what the records are ("inception-v3 3fa1… f16"), checked on opening
   * @throws ForeignFileError when the header is of another kind, size or tag
   */
  static open(path: string, recordBytes: number, tag: string): RecordFile {
    const fd = openSync(path, openFlags, 0o644)
    const header = makeHeader(recordBytes, tag)
    if (fstatSync(fd).size < headerBytes) {
      writeSync(fd, header, 0, headerBytes, 0)
      fdatasyncSync(fd)
    } else {
      const found = Buffer.alloc(headerBytes)
      readSync(fd, found, 0, headerBytes, 0)
      if (!found.equals(header)) {
        closeSync(fd)
        throw new ForeignFileError(
          `${path} does not hold ${tag} in records of ${recordBytes} bytes`,
        )
      }
    }
    return new RecordFile(fd, recordBytes)
  }

  write(slot: number, record: Uint8Array): void {
    if (record.byteLength !== this.recordBytes) {
      throw new RangeError(`Expected ${this.recordBytes} bytes but received ${record.byteLength}`)
    }
    writeSync(this.fd, record, 0, record.byteLength, headerBytes + slot * this.recordBytes)
  }

  /** `count` records from `slot` on; what lies past the end of the file is zeros. */
  read(slot: number, count = 1): Uint8Array {
    const bytes = new Uint8Array(count * this.recordBytes)
    readSync(this.fd, bytes, 0, bytes.byteLength, headerBytes + slot * this.recordBytes)
    return bytes
  }

  /** Makes everything written so far survive a power cut. */
  sync(): void {
    fdatasyncSync(this.fd)
  }

  dispose(): void {
    closeSync(this.fd)
  }
}

/** Read and write, create when absent, never truncate. */
const openFlags = constants.O_RDWR | constants.O_CREAT

function makeHeader(recordBytes: number, tag: string): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.write(mark, 0, 'latin1')
  header.writeUInt32LE(recordBytes, 8)
  header.writeUInt32LE(Buffer.byteLength(tag), 12)
  header.write(tag, 16, tagMaxBytes, 'utf8')
  header.writeUInt32LE(crc32(header.subarray(0, 60)), 60)
  return header
}
