// What is needed to try a network in a process of its own.
import { join } from 'node:path'
import { app } from 'electron'
import { catalogue, defaultModelId, isDownloadable } from '../models/catalogue.ts'
import type { ImportOptions } from '../models/import-model.ts'
import { residentBytes } from '../models/resident-bytes.ts'
import { trialLimits } from '../models/run-trial.ts'
import { forkAsUtility } from './fork-utility.ts'
import type { Places } from './places.ts'

export const modelTrialOptions = (at: Places, signal: AbortSignal): ImportOptions => ({
  modelsFolder: at.modelsFolder,
  userModelsFolder: at.userModelsFolder,
  fork: forkAsUtility(at.modelTrialEntry, 'Latent model trial'),
  residentBytes: async (pid) => (await residentBytes(pid)) ?? workingSetBytes(pid),
  limits: trialLimits,
  known: catalogue.filter(isDownloadable),
  examplePath: join(at.modelsFolder, defaultModelId, 'example.jpg'),
  signal,
})

/** As Electron tells it, on systems that have no files about processes. */
function workingSetBytes(pid: number): number | undefined {
  const metric = app.getAppMetrics().find((candidate) => candidate.pid === pid)
  return metric === undefined ? undefined : metric.memory.workingSetSize * 1024
}
