// What a library's Cloud keeps on disk: the settings, and the layout it stood in last.
import { basename, join } from 'node:path'
import {
  type CloudSettings,
  cloudSettings,
  firstCloudSettings,
} from '../../preload/contract/cloud.ts'
import { JsonFile } from '../app/json-file.ts'
import type { VectorFile } from '../store/vector-file.ts'
import type { Standing } from './standing.ts'
import { readStanding, writeStanding } from './standing-file.ts'

export class CloudMemory {
  readonly layoutsFolder: string
  private readonly settingsFile: JsonFile<CloudSettings>

  /** @param home the library's data */
  constructor(
    home: string,
    private readonly vectors: VectorFile,
  ) {
    this.layoutsFolder = join(home, 'layouts')
    this.settingsFile = new JsonFile(join(home, 'cloud.json'), cloudSettings, firstCloudSettings)
  }

  settings(): Promise<CloudSettings> {
    return this.settingsFile.read()
  }

  keepSettings(settings: CloudSettings): Promise<void> {
    return this.settingsFile.write(settings)
  }

  standing(dims: 2 | 3): Promise<Standing | undefined> {
    return readStanding(this.pathOf(dims))
  }

  keepStanding(standing: Standing): Promise<void> {
    return writeStanding(this.pathOf(standing.settings.dims), standing)
  }

  /** One a network: each has a space of its own. */
  private pathOf(dims: 2 | 3): string {
    return join(this.layoutsFolder, `${basename(this.vectors.path, '.f16')}-${dims}d.standing`)
  }
}
