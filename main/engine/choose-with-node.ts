// Chooses an execution provider by trials in plain Node processes: for benchmarks and tests.
import { availableParallelism } from 'node:os'
import { forkWithNode } from './fork-node.ts'
import { graphicsDevice } from './provider-trial/graphics-devices.ts'
import { runProviderTrial, trialTimeoutMs } from './provider-trial/run-provider-trial.ts'
import { type ChooseProvider, chooseProvider } from './providers.ts'

/** @param entry the built provider-trial.js */
export const chooseWithNode =
  (entry: string): ChooseProvider =>
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
              batchSizes: [1, 8],
              examplePath: '',
            },
            trialTimeoutMs(provider),
            signal,
          ),
        deviceOf: (provider) => graphicsDevice(provider, { root: '/', env: process.env }),
      },
      model,
      wishes,
    )
