// Trials of execution providers in processes of Electron, and what the system says of its devices.
import { createRequire } from 'node:module'
import { arch, availableParallelism, platform, release } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { NvidiaDiagnosis } from '../../preload/contract/providers.ts'
import { driverIdentity, graphicsDevice } from '../engine/provider-trial/graphics-devices.ts'
import { nvidiaDiagnosis } from '../engine/provider-trial/nvidia-diagnosis.ts'
import {
  type ProviderTrialFork,
  runProviderTrial,
  trialTimeoutMs,
} from '../engine/provider-trial/run-provider-trial.ts'
import { type ChooseProvider, chooseProvider, type ProviderTrials } from '../engine/providers.ts'
import { TuningCache } from '../engine/tuning-cache.ts'
import { defaultModelId } from '../models/catalogue.ts'
import { forkAsUtility } from './fork-utility.ts'
import { electronDevice, electronDriver } from './gpu-info.ts'
import type { Places } from './places.ts'

const batchSizes = [1, 2, 8]
const systemFiles = { root: '/', env: process.env }

export const forkProviderTrial = (at: Places): ProviderTrialFork =>
  forkAsUtility(at.providerTrialEntry, 'Latent provider trial')

/** @param timeoutMs the usual patience with each when absent */
export const providerTrials = (at: Places, timeoutMs?: number): ProviderTrials => ({
  tryOn: (model, provider, signal) =>
    runProviderTrial(
      forkProviderTrial(at),
      {
        type: 'try',
        model,
        provider,
        threads: Math.min(availableParallelism(), 8),
        batchSizes,
        examplePath: join(at.modelsFolder, defaultModelId, 'example.jpg'),
      },
      timeoutMs ?? trialTimeoutMs(provider),
      signal,
    ),
  deviceOf: (provider) =>
    platform() === 'linux' ? graphicsDevice(provider, systemFiles) : electronDevice(provider),
})

export const chooseByTrial =
  (at: Places): ChooseProvider =>
  (model, wishes) =>
    chooseProvider(providerTrials(at), model, wishes)

/** What was measured holds for this program, its ONNX Runtime, this system, its devices and drivers. */
export const tuningCache = (at: Places): TuningCache =>
  new TuningCache(at.tuningFile, `${app.getVersion()} ${runtimeVersion()}`, async () => {
    const driver =
      platform() === 'linux' ? await driverIdentity(systemFiles) : await electronDriver()
    return `${release()} ${driver}`.trim()
  })

/** Of the package that is installed; main does not load the library itself. */
function runtimeVersion(): string {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as {
    version: string
  }
  return `ORT ${version}`
}

/** Null where CUDA takes no more than a driver: its libraries are a matter of Linux. */
export async function nvidiaHere(): Promise<NvidiaDiagnosis | null> {
  if (platform() !== 'linux') return null
  const home = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return nvidiaDiagnosis(systemFiles, join(home, 'bin', 'napi-v6', 'linux', arch()))
}
