// Entry of the disposable process that tries one network; main ends it when it takes too much.
import { openChildPort } from '../engine/child-port.ts'
import { photoDecoder } from '../engine/decoded-photo.ts'
import { prepareFile } from './prepare-file.ts'
import type { FromTrial, TrialRequest } from './trial-protocol.ts'
import { tryClassifier } from './try-classifier.ts'

const port = openChildPort<TrialRequest, FromTrial>()
port.send({ type: 'hello', pid: process.pid })

const decode = photoDecoder(new URL('./decode-worker.js', import.meta.url))

async function answer(request: TrialRequest): Promise<FromTrial> {
  const onStage = (stage: string): void => port.send({ type: 'stage', stage })
  try {
    if (request.type === 'prepare') {
      return { type: 'prepared', prepared: await prepareFile(request, decode, onStage) }
    }
    const run = await tryClassifier(request.spec, request.examplePath, decode, onStage)
    return { type: 'checked', run }
  } catch (error) {
    return { type: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}

port.listen((request) => void answer(request).then((message) => port.send(message)))
