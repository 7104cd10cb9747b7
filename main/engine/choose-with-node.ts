// Chooses an execution provider by trials in plain Node processes: for benchmarks and tests.
import { availableParallelism } from 'node:os'
import { forkWithNode } from './fork-node.ts'
import { graphicsDevice } from './provider-trial/graphics-devices.ts'
import { runProviderTrial, trialTimeoutMs } from './provider-trial/run-provider-trial.ts'
import { thisSystem } from './provider-trial/this-system.ts'
import { type ChooseProvider, chooseProvider } from './providers.ts'

export interface TrialOptions {
  /** Batches that a provider's pace is measured with. */
  readonly batchSizes?: readonly number[]
  /** A photo to run besides a drawn picture. */
  readonly examplePath?: string
}

/** @param entry the built provider-trial.js */
export const chooseWithNode =
  (entry: string, { batchSizes = [1, 8], examplePath = '' }: TrialOptions = {}): ChooseProvider =>
  (model, wishes) =>
    chooseProvider(
      {
        tryOn: (spec, provider, signal) =>
          runProviderTrial(
            forkWithNode(entry),
            {
              type: 'try',
              model: spec,
              provider,
              threads: availableParallelism(),
              batchSizes,
              examplePath,
            },
            trialTimeoutMs(provider),
            signal,
          ),
        deviceOf: (provider) => graphicsDevice(provider, thisSystem),
      },
      model,
      wishes,
    )
