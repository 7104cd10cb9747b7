// Entry of the disposable process that quantises a network.
import { openChildPort } from '../engine/child-port.ts'
import { photoDecoder } from '../engine/decoded-photo.ts'
import { quantiseModel } from './quantise-model.ts'
import type { FromQuantiser, QuantiseRequest } from './quantise-protocol.ts'

const port = openChildPort<QuantiseRequest, FromQuantiser>()

const decode = photoDecoder(new URL('./decode-worker.js', import.meta.url))

async function answer(request: QuantiseRequest): Promise<FromQuantiser> {
  try {
    const report = await quantiseModel(request, decode, (text, share) =>
      port.send({ type: 'progress', text, share }),
    )
    return { type: 'done', report }
  } catch (error) {
    return { type: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}

port.listen((request) => void answer(request).then((message) => port.send(message)))
