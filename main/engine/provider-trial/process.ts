// Entry of the disposable process that tries one execution provider; main ends it.
import { openChildPort } from '../child-port.ts'
import { photoDecoder } from '../decoded-photo.ts'
import { profileNetwork } from '../network-profile/profile-network.ts'
import { offeredProviders } from '../sessions.ts'
import type { FromProviderTrial, ProfileRequest, ProviderTrialRequest } from './protocol.ts'
import { tryOnProvider } from './try-on-provider.ts'

const port = openChildPort<ProviderTrialRequest | ProfileRequest, FromProviderTrial>()

const decode = photoDecoder(new URL('./decode-worker.js', import.meta.url))

async function answer(request: ProviderTrialRequest | ProfileRequest): Promise<FromProviderTrial> {
  const onStage = (stage: string): void => port.send({ type: 'stage', stage })
  try {
    if (request.type === 'profile') return { type: 'profiled', run: await profileNetwork(request) }
    return { type: 'done', run: await tryOnProvider(request, decode, onStage) }
  } catch (error) {
    return { type: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}

port.listen((request) => void answer(request).then((message) => port.send(message)))
port.send({ type: 'hello', offered: offeredProviders() })
