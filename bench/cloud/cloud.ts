// `bench -- cloud`: how fast and how true the Cloud's layout is, against other programs.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fitPca, projectRows } from '../../main/atlas/pca/pca.ts'
import { layoutQuality } from '../../main/atlas/quality/layout-quality.ts'
import { clusteredVectors } from '../../main/atlas/testing/clustered-vectors.ts'
import { HalfMatrix } from '../../main/atlas/vectors/vector-rows.ts'
import { numberOption } from '../measure/number-option.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { measureLibrary } from './library.ts'
import { cancelTimes, runOurs } from './run-ours.ts'
import { runPeer } from './run-peer.ts'
import { writeFloats, writePositions, writeStored } from './vector-files.ts'

const settings = { dims: 3, method: 'umap', neighbours: 15, minDist: 0.1, seed: 1 } as const
const peerSettings = { dims: 3, neighbours: 15, minDist: 0.1 } as const
/** What is commonly done to vectors before they are given to UMAP. */
const reducedDim = 50
const threads = availableParallelism()
const watch = { signal: new AbortController().signal }

export async function benchCloud(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '20000' },
      dim: { type: 'string', default: '2048' },
      clusters: { type: 'string', default: '300' },
      'umap-js-count': { type: 'string', default: '4000' },
      library: { type: 'string' },
    },
  })
  const count = numberOption('count', values.count, 100)
  const dim = numberOption('dim', values.dim, 8)
  const clusters = numberOption('clusters', values.clusters)
  const smallCount = Math.min(count, numberOption('umap-js-count', values['umap-js-count'], 100))
  const library =
    values.library === undefined ? null : await measureLibrary(values.library, settings, threads)
  return withScratch(async (scratch) => {
    say(`making ${count} vectors of ${dim} dimensions`)
    const rows = clusteredVectors({ count, dim, clusters, seed: 1 })
    const set = writeStored(rows, scratch)
    const judged = async (positions: Float32Array) => {
      const part = new HalfMatrix(rows.halves.subarray(0, (positions.length / 3) * dim), dim)
      const quality = await layoutQuality(part, positions, { k: 15, seed: 1, threads }, watch)
      return { trustworthiness: quality.trustworthiness, continuity: quality.continuity }
    }
    // By the plain cosine: that is what the peers are given.
    const request = { ...settings, metric: 'cosine', set } as const
    const { answer, ...ours } = await runOurs(request)
    const cancel = await cancelTimes(request)
    const latent = {
      seconds: answer.facts.seconds,
      exactNeighbours: answer.facts.exactNeighbours,
      ...ours,
      ...(await judged(answer.positions)),
      cancel,
    }
    const vectors = await writeFloats(rows, count, join(scratch, 'vectors.f32'))
    const peer = async (
      name: 'umap-js' | 'embedding-atlas',
      of: number,
      from: string,
      d: number,
    ) => {
      say(`${name}: ${of} vectors of ${d} dimensions`)
      const task = { ...peerSettings, vectors: from, count: of, dim: d }
      const outcome = await runPeer(name, task, scratch)
      if (outcome === null) return null
      const { positions, ...measured } = outcome
      const result = { ...measured, ...(await judged(positions)) }
      say(`${name}: ${JSON.stringify(result)}`)
      return result
    }
    const whole = await peer('embedding-atlas', count, vectors, dim)
    const pca = await fitPca(rows, { dims: reducedDim, seed: 1, threads }, watch)
    const reduced = await writePositions(
      await projectRows(rows, pca, threads, watch),
      join(scratch, 'reduced.f32'),
    )
    const afterPca = await peer('embedding-atlas', count, reduced, reducedDim)
    const half = await peer('umap-js', Math.floor(smallCount / 2), vectors, dim)
    const small = await peer('umap-js', smallCount, vectors, dim)
    return {
      count,
      dim,
      clusters,
      threads,
      latent,
      embeddingAtlas: whole === null ? null : { ...whole, ratio: whole.seconds / latent.seconds },
      // Its time does not hold the reduction, which Latent's does.
      embeddingAtlasAfterPca:
        afterPca === null ? null : { ...afterPca, ratio: afterPca.seconds / latent.seconds },
      umapJs:
        small === null || half === null
          ? null
          : extrapolated(half.seconds, { ...small, count: smallCount }, count, latent.seconds),
      library,
    }
  })
}

/** From half the vectors and all of the small set, by a power of their number. */
function extrapolated<T extends { readonly seconds: number; readonly count: number }>(
  halfSeconds: number,
  small: T,
  count: number,
  ourSeconds: number,
): object {
  const exponent = Math.log2(small.seconds / halfSeconds)
  const seconds = small.seconds * (count / small.count) ** exponent
  return {
    ...small,
    extrapolated: { count, exponent, seconds, ratio: seconds / ourSeconds },
  }
}
