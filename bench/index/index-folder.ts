// `bench -- index <folder>`: how near indexing comes to its limits, and what others make of the
// same photos and the same network.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { EngineHost } from '../../main/engine/host.ts'
import type { Tuning } from '../../main/engine/protocol.ts'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import { benchEngine, benchTunings } from '../measure/engine.ts'
import { defaultModel } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { PeakMemory } from '../measure/peak-memory.ts'
import { withScratch } from '../measure/scratch.ts'
import { comparePeers, peerSample } from '../peers/compare-peers.ts'
import { photoFiles } from '../photos/photo-files.ts'
import { bestClasses } from './best-classes.ts'
import { measureLimits } from './limits.ts'
import { indexAll } from './whole.ts'

/**
 * Photos per second of decoding alone, inference alone and both, on the same photos in one run.
 * On a CPU both share the cores, so the limit is 1 / (1/decode + 1/inference); with a GPU it is the
 * slower of the two.
 */
export async function benchIndex(args: readonly string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { batch: { type: 'string' }, provider: { type: 'string' } },
    allowPositionals: true,
  })
  const [folder] = positionals
  if (folder === undefined) throw new Error('Expected a folder of photos: bench -- index <folder>')
  const onlyProviders = values.provider === undefined ? [] : [values.provider]
  const root = resolve(folder)
  const model = await defaultModel()
  const { spec } = model
  const files = await photoFiles(root)
  const sample = peerSample(files)
  return withScratch(async (scratch) => {
    const memory = new PeakMemory()
    const tunings = benchTunings(scratch)
    const openEngine = (): EngineHost => benchEngine(model, tunings, onlyProviders)
    let engine = openEngine()
    let tuning = tuningOf(await engine.ready())
    if (values.batch !== undefined) {
      engine.dispose()
      tuning = { ...tuning, batchSize: numberOption('batch', values.batch) }
      await tunings.write(spec, onlyProviders, tuning)
      engine = openEngine()
      await engine.ready()
    }
    const whole = await indexAll(engine, root, spec, join(scratch, 'library'))
    const peakMemory = await memory.stop()
    const ours = await bestClasses(engine, sample)
    engine.dispose()
    // A limit is what the machine can do: the better of two, some time apart. Both come after the
    // whole, whose memory they would add to.
    const first = await measureLimits(files, spec, tuning)
    const peers = await comparePeers(spec, sample, ours, whole.photosPerSecond, scratch)
    const second = await measureLimits(files, spec, tuning)
    const decode = Math.max(first.decode, second.decode)
    const inference = Math.max(first.inference, second.inference)
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
      peakMemoryMb: peakMemory?.totalMb ?? null,
      memoryAtPeak: peakMemory?.processes ?? null,
      peers,
    }
  })
}

const tuningOf = (status: EngineStatus): Tuning => ({
  ...status,
  provider: status.executionProvider,
  why: status.whyProvider,
  substitutes: [],
  floatOn: status.inFloats ? [status.executionProvider] : [],
})
