// How near indexing comes to what decoding and inference allow.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DecodePool } from '../main/engine/decode-pool.ts'
import { forkWithNode } from '../main/engine/fork-node.ts'
import { EngineHost } from '../main/engine/host.ts'
import type { ModelSpec, Tuning } from '../main/engine/protocol.ts'
import { testPicture } from '../main/engine/providers.ts'
import { ClassifierSession } from '../main/engine/sessions.ts'
import { TuningCache } from '../main/engine/tuning-cache.ts'
import { Library } from '../main/library/library.ts'
import { walk } from '../main/library/walk.ts'
import { defaultModelId } from '../main/models/catalogue.ts'
import { installedModel } from '../main/models/installed.ts'
import { imagenet1k } from '../main/models/labels.ts'
import { joinOsPath } from '../main/store/scan-writes.ts'
import { openStore } from '../main/store/store-client.ts'

const here = (path: string): string => join(import.meta.dirname, path)
const decodeTimeoutMs = 20_000
/** Inference alone does not depend on the photos: a few seconds' worth is enough. */
const measuredPhotos = 160

/**
 * Photos per second of decoding alone, inference alone and both, on the same photos in one run.
 * On a CPU both share the cores, so the limit is 1 / (1/decode + 1/inference); with a GPU it is the
 * slower of the two.
 */
export async function benchIndex([folder]: readonly string[]): Promise<object> {
  if (folder === undefined) throw new Error('Expected a folder of photos: bench -- index <folder>')
  const root = resolve(folder)
  const model = await installedModel(here('../../models/installed'), defaultModelId)
  if (!model.ok) throw new Error(model.error.message)
  const { spec, card } = model.value
  const scratch = await mkdtemp(join(tmpdir(), 'latent-bench-'))
  try {
    const engine = new EngineHost({
      fork: forkWithNode(here('engine.js')),
      model: spec,
      modelName: card.name,
      tunings: new TuningCache(join(scratch, 'tuning.json'), 'bench'),
      onlyProviders: [],
      onStatus: () => {},
    })
    const status = await engine.ready()
    const tuning: Tuning = { ...status, provider: status.executionProvider }
    const files = await list(root)
    const whole = await indexAll(engine, root, spec, join(scratch, 'library'))
    engine.dispose()
    const decode = await decodeAlone(files, spec, tuning.decodeWorkers)
    const inference = await inferAlone(spec, tuning)
    const limit =
      tuning.provider === 'cpu' ? 1 / (1 / decode + 1 / inference) : Math.min(decode, inference)
    return {
      photos: files.length,
      provider: tuning.provider,
      threads: tuning.threads,
      batchSize: tuning.batchSize,
      decodeWorkers: tuning.decodeWorkers,
      photosPerSecond: { decode, inference, limit, endToEnd: whole.photosPerSecond },
      ofLimit: whole.photosPerSecond / limit,
      mainDelayP99Ms: whole.mainDelayP99Ms,
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function list(root: string): Promise<(string | Uint8Array)[]> {
  const files: (string | Uint8Array)[] = []
  const signal = new AbortController().signal
  for await (const { rel } of walk(Buffer.from(root), { onUnread: () => {} }, signal)) {
    files.push(joinOsPath(Buffer.from(root), rel))
  }
  return files
}

async function indexAll(
  engine: EngineHost,
  root: string,
  { id, sha256, embeddingDim }: ModelSpec,
  home: string,
): Promise<{ photosPerSecond: number; mainDelayP99Ms: number }> {
  await mkdir(home, { recursive: true })
  const store = await openStore(new URL('./store-worker.js', import.meta.url), home, {
    id,
    sha256,
    embeddingDim,
  })
  if (!store.ok) throw new Error(store.error.message)
  await store.value.addRoot(Buffer.from(root), 'folder')
  const library = new Library({
    root,
    store: store.value,
    engine,
    labels: imagenet1k,
    modelName: '',
    onJob: () => {},
    onChange: () => {},
  })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const start = performance.now()
  const job = library.job(await library.index())
  await job?.ended
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  const done = job?.job.done ?? 0
  await library.dispose()
  return { photosPerSecond: done / seconds, mainDelayP99Ms: delay.percentile(99) / 1e6 }
}

async function decodeAlone(
  files: readonly (string | Uint8Array)[],
  { inputSizePx }: ModelSpec,
  workers: number,
): Promise<number> {
  const pool = new DecodePool(
    new URL('./decode-worker.js', import.meta.url),
    workers,
    decodeTimeoutMs,
    () => {},
    (reason) => {
      throw new Error(reason)
    },
  )
  const run = (path: string | Uint8Array) =>
    pool.run({ kind: 'analyse', source: { kind: 'file', path }, inputSizePx })
  // The first tasks wait for the threads to start: they do not count.
  await Promise.all(files.slice(0, workers * 2).map(run))
  const start = performance.now()
  await Promise.all(files.map(run))
  const seconds = (performance.now() - start) / 1000
  await pool.dispose()
  return files.length / seconds
}

async function inferAlone(spec: ModelSpec, { provider, batchSize }: Tuning): Promise<number> {
  // Alone it may have every core, whatever share of them serves the mix best.
  const session = await ClassifierSession.create(spec, provider, availableParallelism())
  const picture = testPicture(spec.inputSizePx)
  const pixels = new Uint8Array(picture.byteLength * batchSize)
  for (let i = 0; i < batchSize; i++) pixels.set(picture, i * picture.byteLength)
  await session.run(pixels, batchSize)
  const batches = Math.ceil(measuredPhotos / batchSize)
  const start = performance.now()
  for (let i = 0; i < batches; i++) await session.run(pixels, batchSize)
  const seconds = (performance.now() - start) / 1000
  await session.dispose()
  return (batches * batchSize) / seconds
}
