// Takes ONNX Runtime's two CUDA libraries out of its NuGet package, which is a zip file.
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/** Its core loads the second, which loads the first. */
export const cudaLibraries = [
  'libonnxruntime_providers_cuda.so',
  'libonnxruntime_providers_shared.so',
] as const
const folderInPackage = 'runtimes/linux-x64/native/'

export interface UnpackOptions {
  readonly freeBytes: (folder: string) => Promise<number>
  /** Above the largest that there was. */
  readonly mostLibraryBytes: number
  readonly signal: AbortSignal
}

export const mostLibraryBytes = 2 * 2 ** 30

/**
 * All of them or none: they appear in the folder at once, when all are whole on the disk.
 *
 * @param folder made anew
 * @throws Error in a person's words, with what was unpacked removed
 */
export async function unpackLibraries(
  zipPath: string,
  folder: string,
  { freeBytes, mostLibraryBytes: most, signal }: UnpackOptions,
): Promise<void> {
  const incoming = `${folder}.incoming`
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true })
  try {
    const zip = await openPromise(zipPath).catch((error: Error) => {
      throw new Error(`The package is no zip file (${error.message}).`)
    })
    const missing = new Set<string>(cudaLibraries)
    try {
      for await (const entry of zip.eachEntry()) {
        const name = basename(entry.fileName)
        if (entry.fileName !== `${folderInPackage}${name}` || !missing.delete(name)) continue
        const bytes = entry.uncompressedSize
        if (bytes > most) throw new Error(`${name} is larger than any that there was.`)
        if ((await freeBytes(incoming)) < bytes) {
          throw new Error(`There is not enough room for ${name}: ${Math.ceil(bytes / 1e6)} MB.`)
        }
        const path = join(incoming, name)
        await writeWhole(await zip.openReadStreamPromise(entry), path, signal)
        await expectLinuxLibrary(path, name)
      }
    } finally {
      zip.close()
    }
    if (missing.size > 0) throw new Error(`The package has no ${[...missing].join(' and ')}.`)
    await rm(folder, { recursive: true, force: true })
    await rename(incoming, folder)
  } catch (error) {
    await rm(incoming, { recursive: true, force: true })
    throw error
  }
}

/** Yauzl itself ends a stream that gives other bytes than its entry says. */
async function writeWhole(from: Readable, path: string, signal: AbortSignal): Promise<void> {
  await pipeline(from, createWriteStream(path, { flush: true, mode: 0o644 }), { signal })
}

/** "\x7fELF", 64 bits, little-endian, and the machine number of x86-64: `man 5 elf`. */
async function expectLinuxLibrary(path: string, name: string): Promise<void> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(20)
    await file.read(head, 0, 20, 0)
    const isElf = head.readUInt32BE(0) === 0x7f454c46 && head[4] === 2 && head[5] === 1
    if (!isElf || head.readUInt16LE(18) !== 62) {
      throw new Error(`${name} is no library for Linux on this kind of processor.`)
    }
  } finally {
    await file.close()
  }
}
