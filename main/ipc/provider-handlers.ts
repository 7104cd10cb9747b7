// What the window may ask of execution providers.
import { ok } from '../../preload/contract/errors.ts'
import { nvidiaHere } from '../app/provider-choice.ts'
import type { EngineHost } from '../engine/host.ts'
import type { Handlers, ProviderRequestName } from './handle.ts'

/** @param engine the one that runs now */
export function providerHandlers(engine: () => EngineHost): Pick<Handlers, ProviderRequestName> {
  return {
    'providers:try-again': async () => ok(await engine().tryProvidersAgain()),
    'providers:nvidia': async () => ok(await nvidiaHere()),
  }
}
