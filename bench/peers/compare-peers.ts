// The same photos through other programs, with the same network.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OsPath } from '../../main/engine/os-path.ts'
import type { ModelSpec } from '../../main/engine/protocol.ts'
import { inProject } from '../measure/installed.ts'
import { writePeerModel } from './peer-model.ts'
import { type PeerRun, runPeer } from './run-peer.ts'

/** Enough for a steady figure, few enough that the benchmark stays short. */
const mostPhotos = 100

export interface PeerResult {
  readonly photosPerSecond: number
  /** How many times as fast Latent is, thumbnails, embeddings and commits included. */
  readonly ratio: number
  /** Share of photos whose best class is the one that Latent finds: same photos, same network. */
  readonly sameTopClass: number
  /** Photos per second by how many it is given at once. */
  readonly byBatchSize: Readonly<Record<string, number>>
}

export interface Peers {
  readonly photos: number
  readonly transformersJs: PeerResult
  readonly onnxruntimeWeb: PeerResult
}

/** Photos for the peers, spread evenly over all; they take names that are text. */
export function peerSample(files: readonly OsPath[]): readonly string[] {
  const named = files.filter((path) => typeof path === 'string')
  const step = Math.max(1, named.length / mostPhotos)
  return named.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
}

/**
 * One after the other, each in a process of its own.
 *
 * @param ours Latent's best class of each photo of the sample
 * @returns null when the peers' packages are not installed
 */
export async function comparePeers(
  spec: ModelSpec,
  sample: readonly string[],
  ours: readonly (number | undefined)[],
  photosPerSecond: number,
  scratch: string,
): Promise<Peers | null> {
  const packages = process.env.LATENT_BENCH_PEERS ?? ''
  if (!existsSync(packages)) return null
  const script = (name: string): string => inProject(join('bench', 'peers', name))
  const model = await writePeerModel(spec, scratch)
  const result = ({ photosPerSecond: theirs, topClasses, byBatchSize }: PeerRun): PeerResult => ({
    photosPerSecond: theirs,
    ratio: photosPerSecond / theirs,
    sameTopClass: topClasses.filter((top, i) => top === ours[i]).length / sample.length,
    byBatchSize,
  })
  const transformersJs = await runPeer(script('transformers-js.mjs'), packages, {
    model: model.folder,
    photos: sample,
  })
  const onnxruntimeWeb = await runPeer(script('onnxruntime-web.mjs'), packages, {
    model: spec.onnxPath,
    sidePx: spec.inputSizePx,
    photos: sample,
  })
  return {
    photos: sample.length,
    transformersJs: result(transformersJs),
    onnxruntimeWeb: result(onnxruntimeWeb),
  }
}
