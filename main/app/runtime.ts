// Names the Electron that runs.
import { app } from 'electron'

/** "Electron 45.4.1 (official)", or the fallback of networks that reach only a package registry. */
export const runtimeName = (): string => {
  const kind = app.isPackaged ? 'packaged' : (process.env.LATENT_RUNTIME ?? 'official')
  return `Electron ${process.versions.electron} (${kind})`
}
