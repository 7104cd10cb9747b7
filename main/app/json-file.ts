// A small JSON file that is parsed on reading and replaced whole on writing.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

export class JsonFile<Value> {
  private saving: Promise<void> = Promise.resolve()

  constructor(
    private readonly path: string,
    private readonly schema: z.ZodType<Value>,
    private readonly fallback: Value,
  ) {}

  /** A missing or broken file counts as the fallback. */
  async read(): Promise<Value> {
    try {
      return this.schema.parse(JSON.parse(await readFile(this.path, 'utf8')))
    } catch {
      return this.fallback
    }
  }

  write(value: Value): Promise<void> {
    const save = async (): Promise<void> => {
      await mkdir(dirname(this.path), { recursive: true })
      const temporary = `${this.path}.${process.pid}`
      await writeFile(temporary, JSON.stringify(value, null, 2))
      await rename(temporary, this.path)
    }
    this.saving = this.saving.then(save, save)
    return this.saving
  }
}
