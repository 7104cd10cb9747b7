// Remembers each machine's measured choices, so that they are made once.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { arch, availableParallelism, cpus, platform } from 'node:os'
import { dirname } from 'node:path'
import { z } from 'zod'
import { providerTrial } from '../../preload/contract/providers.ts'
import type { ModelSpec, Tuning } from './protocol.ts'

const tuningSchema = z.object({
  provider: z.string(),
  why: z.string(),
  trials: z.array(providerTrial),
  substitutes: z.array(z.string()),
  floatOn: z.array(z.string()),
  threads: z.int().min(1),
  batchSize: z.int().min(1),
  decodeWorkers: z.int().min(1),
})
const fileSchema = z.record(z.string(), tuningSchema)

/** A JSON file keyed by model, machine and restriction; a broken one counts as empty. */
export class TuningCache {
  constructor(
    private readonly file: string,
    /** The program's version: an update brings another ONNX Runtime, so it measures anew. */
    private readonly runtime: string,
    /** Graphics devices and their drivers: with others, providers are tried anew. */
    private readonly driver: () => Promise<string> = async () => '',
  ) {}

  async read(model: ModelSpec, only: readonly string[]): Promise<Tuning | undefined> {
    return (await this.all())[await this.key(model, only)]
  }

  async write(model: ModelSpec, only: readonly string[], tuning: Tuning): Promise<void> {
    await this.save({ ...(await this.all()), [await this.key(model, only)]: tuning })
  }

  async forget(model: ModelSpec, only: readonly string[]): Promise<void> {
    const { [await this.key(model, only)]: _forgotten, ...rest } = await this.all()
    await this.save(rest)
  }

  private async all(): Promise<Readonly<Record<string, Tuning>>> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.file, 'utf8')))
    } catch {
      return {}
    }
  }

  private async save(tunings: Readonly<Record<string, Tuning>>): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true })
    const temporary = `${this.file}.${process.pid}`
    await writeFile(temporary, JSON.stringify(tunings, null, 2))
    await rename(temporary, this.file)
  }

  private async key(model: ModelSpec, only: readonly string[]): Promise<string> {
    const machine = `${platform()} ${arch()} ${cpus()[0]?.model ?? ''} x${availableParallelism()}`
    const parts = [model.sha256.slice(0, 16), machine, this.runtime, only.join('+') || 'any']
    const driver = await this.driver()
    return [...parts, ...(driver === '' ? [] : [driver])].join(' | ')
  }
}
