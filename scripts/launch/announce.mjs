// Says which Electron runs.
import { officialVersion } from '../setup/electron-official.mjs'
import { repoDir } from '../setup/paths.mjs'
import { say } from '../setup/progress.mjs'

/** @param {import('../setup/electron-runtime.mjs').ElectronRuntime} runtime */
export async function announceRuntime({ source, version }) {
  if (source === 'official') return say(`running on Electron ${version}`)
  const official = await officialVersion(repoDir)
  say(
    `running on Electron ${version} from the package registry, because Electron ${official} could not be fetched from GitHub`,
  )
}
