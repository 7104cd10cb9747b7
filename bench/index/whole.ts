// Indexing as the app does it: scan, decode, classify, commit.
import { mkdir } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EngineHost } from '../../main/engine/host.ts'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { Library } from '../../main/library/library.ts'
import { imagenet1k } from '../../main/models/labels.ts'
import { openStore } from '../../main/store/store-client.ts'
import { vectorFile } from '../../main/store/vector-file.ts'
import { inBuild } from '../measure/installed.ts'

export interface WholeRun {
  readonly photosPerSecond: number
  readonly mainDelayP99Ms: number
}

/** @param home an empty folder for the library */
export async function indexAll(
  engine: EngineHost,
  root: string,
  spec: ModelSpec,
  home: string,
): Promise<WholeRun> {
  await mkdir(home, { recursive: true })
  const store = await openStore(inBuild('store-worker.js'), home, spec)
  if (!store.ok) throw new Error(store.error.message)
  await store.value.addRoot(Buffer.from(root), 'folder')
  const library = new Library({
    root,
    home,
    vectors: vectorFile(home, spec),
    store: store.value,
    engine,
    labels: imagenet1k,
    modelId: spec.id,
    modelName: '',
    unitLayers: [],
    onJob: () => {},
    onChange: () => {},
    onAnalysed: () => {},
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
