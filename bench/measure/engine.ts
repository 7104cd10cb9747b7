// The engine in plain Node processes, as the benchmarks run it.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseWithNode } from '../../main/engine/choose-with-node.ts'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { EngineHost } from '../../main/engine/host.ts'
import { TuningCache } from '../../main/engine/tuning-cache.ts'
import type { InstalledModel } from '../../main/models/installed.ts'
import type { EngineStatus } from '../../preload/contract/domain.ts'
import { examplePath, inBuild } from './installed.ts'

/** @param batchSizes that a provider's pace is measured with */
export const benchChoice = (batchSizes: readonly number[] = [1, 8]) =>
  chooseWithNode(fileURLToPath(inBuild('provider-trial.js')), { batchSizes, examplePath })

/** What is measured lies in the scratch folder, for the next engine of the same benchmark. */
export const benchTunings = (scratch: string): TuningCache =>
  new TuningCache(join(scratch, 'tuning.json'), 'bench')

/** @param only the execution providers that are tried; all when empty */
export const benchEngine = (
  { spec, card }: InstalledModel,
  tunings: TuningCache,
  only: readonly string[],
  onStatus: (status: EngineStatus) => void = () => {},
): EngineHost =>
  new EngineHost({
    fork: forkWithNode(fileURLToPath(inBuild('engine.js'))),
    model: spec,
    modelName: card.name,
    tunings,
    onlyProviders: only,
    choose: benchChoice(),
    onStatus,
  })
