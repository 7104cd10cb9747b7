// The person's settings.
import { nativeTheme } from 'electron'
import { type Settings, settings } from '../../preload/contract/domain.ts'
import { JsonFile } from './json-file.ts'

const firstSettings: Settings = {
  theme: 'dark',
  minProbability: 0.2,
  rowHeightPx: 200,
  provider: 'auto',
}

/** Files of before have no provider. */
const settingsFile = settings.extend({ provider: settings.shape.provider.default('auto') })

export class SettingsStore {
  private readonly file: JsonFile<Settings>
  private current: Settings = firstSettings

  constructor(path: string) {
    this.file = new JsonFile<Settings>(path, settingsFile, firstSettings)
  }

  async load(): Promise<void> {
    this.current = await this.file.read()
    nativeTheme.themeSource = this.current.theme
  }

  get(): Settings {
    return this.current
  }

  async set(change: Partial<Settings>): Promise<Settings> {
    this.current = settings.parse({ ...this.current, ...change })
    nativeTheme.themeSource = this.current.theme
    await this.file.write(this.current)
    return this.current
  }
}
