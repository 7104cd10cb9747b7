// Entry of the engine process: owns decoders and session, answers the host's messages.

import { openChildPort } from './child-port.ts'
import { DecodePool, type DecodePoolOptions } from './decode-pool.ts'
import { formOn } from './model-form.ts'
import { Pipeline } from './pipeline.ts'
import type {
  FromEngine,
  LoadRequest,
  ModelSpec,
  RenderRequest,
  ToEngine,
  Tuning,
} from './protocol.ts'
import type { ProviderChoice } from './providers.ts'
import { onnxRuntimeVersion } from './sessions.ts'
import { SteadySession } from './steady-session.ts'
import { testPicture } from './test-picture.ts'
import { ThreadedSession } from './threaded-session.ts'
import { decodeWorkerCount, largestBatchOn, tuneMix } from './tuning.ts'

/** A decoder that has not answered by then is hung: the largest allowed image takes a few seconds. */
const decodeTimeoutMs = 20_000
const decodersToBeginWith = 2

const inferenceEntry = new URL('./inference-thread.js', import.meta.url)

const port = openChildPort<ToEngine, FromEngine>()
let pool: DecodePool | undefined
let session: SteadySession | undefined
let pipeline: Pipeline | undefined

port.listen((message) => {
  switch (message.type) {
    case 'ping':
      port.send({ type: 'pong' })
      break
    case 'load':
      void load(message)
      break
    case 'analyse':
      pipeline?.add(message)
      break
    case 'forget':
      pipeline?.forget(new Set(message.ids))
      break
    case 'render':
      void render(message)
      break
  }
})
port.send({ type: 'hello', runtime: `ONNX Runtime ${onnxRuntimeVersion}` })

async function load(request: LoadRequest): Promise<void> {
  const { id, model } = request
  try {
    await session?.dispose()
    const { plan } = request
    pool ??= new DecodePool(new URL('./decode-worker.js', import.meta.url), {
      ...decodersFor(plan),
      timeoutMs: decodeTimeoutMs,
      onRoom: () => pipeline?.pump(),
      onBroken: (reason) => {
        port.send({ type: 'failed', id, reason: `The image decoder cannot start: ${reason}` })
      },
    })
    const tuning =
      plan.kind === 'remembered' ? plan.tuning : await measure(model, plan.choice, pool)
    session = await open(model, tuning, request.keptGraphs)
    pipeline = new Pipeline(session, pool, tuning.batchSize, {
      onStarted: (photo) => port.send({ type: 'started', id: photo }),
      onAnalysed: (photo, analysis) => port.send({ type: 'analysed', id: photo, analysis }),
      // The host replaces the process and redoes what was in flight.
      onBroken: (reason) => {
        process.stderr.write(`Inference failed: ${reason}\n`)
        // An ordinary exit would wait for a thread that hangs in a driver.
        process.kill(process.pid, 'SIGKILL')
      },
    })
    await session.run(testPicture(model.inputSizePx), 1)
    port.send({ type: 'loaded', id, tuning, measured: plan.kind === 'measure' })
  } catch (error) {
    port.send({
      type: 'failed',
      id,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

/** All of them to be measured with; to work with, as many as the photos turn out to need. */
function decodersFor(plan: LoadRequest['plan']): Pick<DecodePoolOptions, 'size' | 'most'> {
  if (plan.kind === 'measure') return { size: decodeWorkerCount(plan.choice.provider) }
  const { decodeWorkers } = plan.tuning
  return { size: Math.min(decodersToBeginWith, decodeWorkers), most: decodeWorkers }
}

function open(
  model: ModelSpec,
  tuning: Tuning,
  keptGraphs: string | undefined,
): Promise<SteadySession> {
  const { provider, substitutes, floatOn, threads } = tuning
  port.send({ type: 'trying', provider })
  return SteadySession.open(model, [provider, ...substitutes], {
    load: (wanted) =>
      ThreadedSession.open({
        entry: inferenceEntry,
        model: formOn(model, floatOn, wanted),
        provider: wanted,
        threads,
        keptGraphs,
      }),
    largestBatchOn,
    onSwitch: (from, to, reason) => {
      const batchSize = Math.min(tuning.batchSize, largestBatchOn(to))
      port.send({ type: 'switched', from, to, reason, batchSize })
    },
    onSmallerBatch: (batchSize) => port.send({ type: 'smaller-batch', batchSize }),
  })
}

async function measure(
  model: ModelSpec,
  { provider, why, trials, substitutes, floatOn }: ProviderChoice,
  decoders: DecodePool,
): Promise<Tuning> {
  port.send({ type: 'measuring' })
  port.send({ type: 'trying', provider })
  const mix = await tuneMix(
    formOn(model, floatOn, provider),
    provider,
    decoders,
    await measuringPhoto(decoders),
    inferenceEntry,
  )
  return { ...mix, provider, why, trials, substitutes, floatOn, decodeWorkers: decoders.size }
}

/** A JPEG of a few megapixels, made by a decoder from a drawn picture. */
async function measuringPhoto(decoders: DecodePool): Promise<Uint8Array> {
  const sidePx = 1600
  const reply = await decoders.run({
    kind: 'encode',
    as: 'jpeg',
    raster: { pixels: testPicture(sidePx), widthPx: sidePx, heightPx: sidePx },
  })
  if (reply.kind !== 'rendered') throw new Error('The image decoder cannot start.')
  return reply.file
}

async function render({ id, source, maxSidePx }: RenderRequest): Promise<void> {
  const reply = await pool?.run({ kind: 'render', source, maxSidePx }, { urgent: true })
  if (reply?.kind === 'rendered') port.send({ type: 'rendered', id, jpeg: reply.file })
  else {
    const reason = reply?.kind === 'failed' ? reply.reason : 'The image could not be decoded.'
    port.send({ type: 'failed', id, reason })
  }
}
