// Trials of execution providers in processes of Electron, and what the system says of its devices.
import { availableParallelism, platform, release } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { NvidiaDiagnosis } from '../../preload/contract/providers.ts'
import type { CudaLibraries } from '../cuda/cuda-libraries.ts'
import { driverIdentity, graphicsDevice } from '../engine/provider-trial/graphics-devices.ts'
import { nvidiaDiagnosis } from '../engine/provider-trial/nvidia-diagnosis.ts'
import {
  type ProviderTrialFork,
  runProviderTrial,
  trialTimeoutMs,
} from '../engine/provider-trial/run-provider-trial.ts'
import { thisSystem } from '../engine/provider-trial/this-system.ts'
import { type ChooseProvider, chooseProvider, type ProviderTrials } from '../engine/providers.ts'
import { trialBatchSizes } from '../engine/tuning.ts'
import { TuningCache } from '../engine/tuning-cache.ts'
import { defaultModelId } from '../models/catalogue.ts'
import { hasCudaHere, onnxRuntime, type RuntimeEnvironment } from './cuda-here.ts'
import { forkAsUtility } from './fork-utility.ts'
import { electronDevice, electronDriver } from './gpu-info.ts'
import type { Places } from './places.ts'

export const forkProviderTrial = (at: Places, env: RuntimeEnvironment): ProviderTrialFork =>
  forkAsUtility(at.providerTrialEntry, 'Latent provider trial', env)

/** @param timeoutMs the usual patience with each when absent */
export const providerTrials = (
  at: Places,
  env: RuntimeEnvironment,
  timeoutMs?: number,
): ProviderTrials => ({
  tryOn: (model, provider, signal) =>
    runProviderTrial(
      forkProviderTrial(at, env),
      {
        type: 'try',
        model,
        provider,
        threads: Math.min(availableParallelism(), 8),
        batchSizes: trialBatchSizes(provider),
        examplePath: join(at.modelsFolder, defaultModelId, 'example.jpg'),
      },
      timeoutMs ?? trialTimeoutMs(provider),
      signal,
    ),
  deviceOf: (provider) =>
    platform() === 'linux' ? graphicsDevice(provider, thisSystem) : electronDevice(provider),
})

export const chooseByTrial =
  (at: Places, env: RuntimeEnvironment): ChooseProvider =>
  (model, wishes) =>
    chooseProvider(providerTrials(at, env), model, wishes)

/** What was measured holds for this program, its ONNX Runtime, this system, its devices and drivers. */
export const tuningCache = (at: Places, env: RuntimeEnvironment): TuningCache =>
  new TuningCache(at.tuningFile, `${app.getVersion()} ORT ${onnxRuntime().version}`, async () => {
    const driver =
      platform() === 'linux' ? await driverIdentity(thisSystem) : await electronDriver()
    const cuda = env().LD_LIBRARY_PATH === undefined ? '' : 'with CUDA libraries'
    return `${release()} ${driver} ${cuda}`.trim()
  })

/** Null where CUDA takes no more than a driver: its libraries are a matter of Linux. */
export async function nvidiaHere(cuda: CudaLibraries | undefined): Promise<NvidiaDiagnosis | null> {
  if (platform() !== 'linux') return null
  return nvidiaDiagnosis(thisSystem, await hasCudaHere(cuda))
}
