// What the window may ask of execution providers.
import { ok } from '../../preload/contract/errors.ts'
import { nvidiaHere } from '../app/provider-choice.ts'
import type { CudaLibraries } from '../cuda/cuda-libraries.ts'
import type { EngineHost } from '../engine/host.ts'
import type { Handlers, ProviderRequestName } from './handle.ts'

/**
 * @param engine the one that runs now
 * @param cuda undefined where there is nothing to fetch
 */
export function providerHandlers(
  engine: () => EngineHost,
  cuda: CudaLibraries | undefined,
): Pick<Handlers, ProviderRequestName> {
  return {
    'providers:try-again': async () => ok(await engine().tryProvidersAgain()),
    'providers:nvidia': async () => ok(await nvidiaHere(cuda)),
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
