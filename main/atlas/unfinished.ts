// What a layout that was stopped had come to, on disk, so that it goes on from there.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundNeighbours } from './knn/nearest-neighbours.ts'
import type { UmapStage } from './umap/umap.ts'

/** Of one layout; others that were left are removed. */
const kept = 2
const suffixes = ['.neighbours', '.epoch'] as const

export class Unfinished {
  /** Two must not write at once. */
  private last: Promise<void> = Promise.resolve()

  /** @param key names everything that the outcome depends on */
  constructor(
    private readonly folder: string,
    private readonly key: string,
  ) {}

  /** @param k neighbours of each of `count` photos */
  async neighbours(count: number, k: number): Promise<FoundNeighbours | undefined> {
    const bytes = await this.read('.neighbours', 4 + count * k * 8)
    if (bytes === undefined) return undefined
    const ids = new Uint32Array(bytes, 4, count * k)
    const similarities = new Float32Array(bytes, 4 + count * k * 4, count * k)
    return { count, k, ids, similarities, exact: new Uint32Array(bytes, 0, 1)[0] === 1 }
  }

  keepNeighbours({ ids, similarities, exact }: FoundNeighbours): Promise<void> {
    return this.write('.neighbours', [Uint32Array.of(exact ? 1 : 0), ids, similarities])
  }

  /** @param size of the positions */
  async epoch(size: number): Promise<UmapStage | undefined> {
    const bytes = await this.read('.epoch', 4 + size * 4)
    if (bytes === undefined) return undefined
    const epoch = new Uint32Array(bytes, 0, 1)[0] ?? 0
    return { epoch, positions: new Float32Array(bytes, 4, size) }
  }

  keepEpoch({ epoch, positions }: UmapStage): Promise<void> {
    return this.write('.epoch', [Uint32Array.of(epoch), positions])
  }

  /** It is finished. */
  async forget(): Promise<void> {
    await this.last
    await Promise.all(suffixes.map((suffix) => rm(this.path(suffix), { force: true })))
  }

  private path(suffix: string): string {
    return join(this.folder, `${this.key}${suffix}`)
  }

  /** Undefined when it is not there, or not whole. */
  private async read(suffix: string, size: number): Promise<ArrayBuffer | undefined> {
    const bytes = await readFile(this.path(suffix)).catch(() => undefined)
    return bytes?.length === size ? new Uint8Array(bytes).buffer : undefined
  }

  private write(suffix: string, parts: readonly (Uint32Array | Float32Array)[]): Promise<void> {
    const turn = this.last.then(() => this.writeNow(suffix, parts))
    this.last = turn.catch(() => {})
    return turn
  }

  private async writeNow(
    suffix: string,
    parts: readonly (Uint32Array | Float32Array)[],
  ): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const partial = `${this.path(suffix)}.partial`
    await writeFile(
      partial,
      Buffer.concat(
        parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
      ),
    )
    await rename(partial, this.path(suffix))
    await this.removeOld(suffix)
  }

  private async removeOld(suffix: string): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(suffix))
    const times = await Promise.all(
      names.map(async (name) => ({ name, ms: (await stat(join(this.folder, name))).mtimeMs })),
    )
    const old = times.sort((a, b) => b.ms - a.ms).slice(kept)
    await Promise.all(old.map(({ name }) => rm(join(this.folder, name), { force: true })))
  }
}
