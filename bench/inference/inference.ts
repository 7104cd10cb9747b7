// What a network's run costs in the engine's session: beside the bare loop and WebAssembly, float
// beside integers, by batch size.
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { ClassifierSession } from '../../main/engine/sessions.ts'
import { testPicture } from '../../main/engine/test-picture.ts'
import type { InstalledModel } from '../../main/models/installed.ts'
import { decodeModel } from '../../main/onnx/codec.ts'
import { defaultModel } from '../measure/installed.ts'
import { median } from '../measure/median.ts'
import { say } from '../measure/say.ts'
import { eachNetwork } from '../networks/each-network.ts'
import { bareLoop } from './bare-loop.ts'
import { gemmPeak } from './gemm-peak.ts'
import { operationsOf } from './operations.ts'
import { wasmLoop } from './wasm-loop.ts'

const batchSizes = [1, 2, 4, 8, 16] as const
type BatchSize = (typeof batchSizes)[number]
const runsByBatch: Readonly<Record<BatchSize, number>> = { 1: 40, 2: 25, 4: 18, 8: 12, 16: 8 }
/** WebAssembly takes several times as long; its pace hardly depends on the batch. */
const wasmRuns = { 1: 12, 8: 4 }

/** Of the default model in both forms, and of those of {@link eachNetwork} in the form that runs. */
export async function benchInference(args: readonly string[]): Promise<object> {
  const { spec, network } = await defaultModel()
  const threads = availableParallelism()
  const before = await gemmPeak(threads)
  const gigaOperations = operationsOf(decodeModel(await readFile(network.onnxPath))) / 1e9
  const results: object[] = []
  for (const batchSize of batchSizes) {
    say(`Batches of ${batchSize}`)
    const quantised = await beside(spec, threads, batchSize)
    const float = await beside(
      // The float form gives no maxima of its units.
      { ...spec, onnxPath: network.onnxPath, unitCount: 0 },
      threads,
      batchSize,
    )
    results.push({
      floatGflops: float.engine * gigaOperations,
      batchSize,
      quantised,
      float,
      quantisedToFloat: quantised.engine / float.engine,
    })
  }
  say('onnxruntime-web')
  const wasm = {
    quantised: await wasmLoop(spec.onnxPath, spec.inputSizePx, wasmRuns),
    float: await wasmLoop(network.onnxPath, spec.inputSizePx, wasmRuns),
  }
  const others = await eachNetwork(args, (other) => byBatch(other, threads))
  // A peak is what the machine can do: the better of two, some time apart.
  const gemmPeakGflops = Math.max(before, await gemmPeak(threads))
  return { threads, gemmPeakGflops, gigaOperationsPerPhoto: gigaOperations, results, wasm, others }
}

async function byBatch({ spec }: InstalledModel, threads: number): Promise<object> {
  const gigaOperations = operationsOf(decodeModel(await readFile(spec.onnxPath))) / 1e9
  const results: object[] = []
  for (const batchSize of batchSizes) {
    const paces = await beside(spec, threads, batchSize)
    results.push({ batchSize, ...paces, gflops: paces.engine * gigaOperations })
  }
  return { gigaOperationsPerPhoto: gigaOperations, results }
}

/** Turn by turn, so that another program's moment falls on both; photos a second by the medians. */
async function beside(
  spec: ModelSpec,
  threads: number,
  batchSize: BatchSize,
): Promise<{ readonly engine: number; readonly bare: number; readonly ratio: number }> {
  const side = spec.inputSizePx
  const picture = testPicture(side)
  const pixels = Buffer.concat(Array.from({ length: batchSize }, () => picture))
  const session = await ClassifierSession.create(spec, 'cpu', threads)
  const bare = await bareLoop(spec.onnxPath, threads, pixels, [batchSize, side, side, 3])
  await session.run(pixels, batchSize)
  await bare.run()
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let run = 0; run < runsByBatch[batchSize]; run++) {
    ours.push((await session.run(pixels, batchSize)).ms)
    theirs.push(await bare.run())
  }
  await session.dispose()
  await bare.end()
  const pace = (ms: readonly number[]): number => (batchSize * 1_000) / median(ms)
  return { engine: pace(ours), bare: pace(theirs), ratio: pace(ours) / pace(theirs) }
}
