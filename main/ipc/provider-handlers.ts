// What the window may ask of execution providers.
import { ok, type Result } from '../../preload/contract/errors.ts'
import { profileModel } from '../app/profile-network.ts'
import { nvidiaHere } from '../app/provider-choice.ts'
import type { CudaLibraries } from '../cuda/cuda-libraries.ts'
import type { EngineHost } from '../engine/host.ts'
import type { ProviderTrialFork } from '../engine/provider-trial/run-provider-trial.ts'
import type { InstalledModel } from '../models/installed.ts'
import type { Handlers, ProviderRequestName } from './handle.ts'

export interface ProviderServices {
  /** The one that runs now. */
  readonly engine: () => EngineHost
  /** Undefined where there is nothing to fetch. */
  readonly cuda: CudaLibraries | undefined
  readonly fork: ProviderTrialFork
  readonly modelOf: (id: string) => Promise<Result<InstalledModel>>
}

export function providerHandlers({
  engine,
  cuda,
  fork,
  modelOf,
}: ProviderServices): Pick<Handlers, ProviderRequestName> {
  return {
    'providers:try-again': async () => ok(await engine().tryProvidersAgain()),
    'providers:nvidia': async () => ok(await nvidiaHere(cuda)),
    'providers:profile': async ({ modelId, form }) => {
      const model = await modelOf(modelId)
      return model.ok ? profileModel(fork, model.value, form, engine()) : model
    },
    'providers:cuda': () => ok(cuda?.status ?? null),
    // Their outcome is told by the event.
    'providers:cuda-ask': () => ok(void cuda?.ask()),
    'providers:cuda-download': () => {
      void fetchCuda(cuda, engine)
      return ok(undefined)
    },
    'providers:cuda-pause': async () => ok(await cuda?.pause()),
    'providers:cuda-remove': async () => {
      const wasInstalled = cuda?.status.state === 'installed'
      await cuda?.remove()
      if (wasInstalled) await engine().tryProvidersAgain()
      return ok(undefined)
    },
  }
}

async function fetchCuda(cuda: CudaLibraries | undefined, engine: () => EngineHost): Promise<void> {
  await cuda?.download()
  if (cuda?.status.state === 'installed') await engine().tryProvidersAgain()
}
