// The libraries that were open before, newest first.
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { LibrarySummary, RecentLibrary } from '../../preload/contract/domain.ts'
import { JsonFile } from './json-file.ts'

const entries = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    location: z.string(),
    photoCount: z.int(),
    openedAtMs: z.number(),
  }),
)

const kept = 12

export class RecentLibraries {
  private readonly file: JsonFile<z.infer<typeof entries>>

  constructor(path: string) {
    this.file = new JsonFile(path, entries, [])
  }

  async list(): Promise<readonly RecentLibrary[]> {
    return Promise.all(
      (await this.file.read()).map(async (entry) => ({
        ...entry,
        offline: (await stat(entry.location).catch(() => undefined)) === undefined,
      })),
    )
  }

  async remember({ id, name, location, photoCount }: LibrarySummary): Promise<void> {
    const others = (await this.file.read()).filter((entry) => entry.id !== id)
    const entry = { id, name, location, photoCount, openedAtMs: Date.now() }
    await this.file.write([entry, ...others].slice(0, kept))
  }

  /** Leaves the library's data where it is. */
  async forget(id: string): Promise<void> {
    await this.file.write((await this.file.read()).filter((entry) => entry.id !== id))
  }
}
