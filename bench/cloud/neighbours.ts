// `bench -- neighbours`: how soon a photo's nearest are found, and whether they are the nearest.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Atlas } from '../../main/atlas/atlas.ts'
import type { NearestRequest } from '../../main/atlas/protocol.ts'
import { clusteredVectors } from '../../main/atlas/testing/clustered-vectors.ts'
import { forkWithNode } from '../../main/engine/fork-node.ts'
import { inBuild } from '../measure/installed.ts'
import { numberOption } from '../measure/number-option.ts'
import { PeakMemory } from '../measure/peak-memory.ts'
import { say } from '../measure/say.ts'
import { withScratch } from '../measure/scratch.ts'
import { centredFloats } from './centred-floats.ts'
import { nearestByLoops, usearchSearch } from './other-searches.ts'
import { writeStored } from './vector-files.ts'

const k = 10

interface Times {
  readonly queries: number
  readonly p50Ms: number
  readonly p95Ms: number
}

export async function benchNeighbours(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '100000' },
      dim: { type: 'string', default: '2048' },
      queries: { type: 'string', default: '200' },
      clusters: { type: 'string', default: '300' },
    },
  })
  const count = numberOption('count', values.count, 100)
  const dim = numberOption('dim', values.dim, 8)
  const queries = numberOption('queries', values.queries, 10)
  const clusters = numberOption('clusters', values.clusters)
  return withScratch(async (scratch) => {
    say(`making ${count} vectors of ${dim} dimensions`)
    const rows = clusteredVectors({ count, dim, clusters, seed: 1 })
    const asked = Array.from({ length: queries }, (_, i) => 1 + Math.floor((i * count) / queries))

    say('latent: the search of the Cloud’s process')
    const memory = new PeakMemory()
    const atlas = new Atlas(forkWithNode(fileURLToPath(inBuild('atlas.js'))))
    const found = new Map<number, { ids: readonly number[]; mean: Float32Array }>()
    const { vectors: file, ids } = writeStored(rows, scratch)
    const requestOf = (id: number, known = true): NearestRequest => ({
      set: { vectors: file, version: 'bench', ...(known ? {} : { ids }) },
      metric: 'centred',
      changed: new Uint32Array(),
      like: { more: Uint32Array.of(id), less: new Uint32Array() },
      k,
    })
    const buildMs = await time(() => atlas.call('nearest', requestOf(1, false)))
    const ours = await timesOf(asked, async (id) => {
      const answer = await atlas.call('nearest', requestOf(id))
      if (answer !== null) found.set(id, { ids: [...answer.ids], mean: answer.mean })
    })
    const peak = await memory.stop()
    atlas.dispose()
    const processMb = peak?.processes.find(({ name }) => name === 'atlas.js')?.mb ?? null
    say(`latent: ${JSON.stringify(ours)}`)

    // All compare the same floats, from the same mean.
    const mean = found.values().next().value?.mean ?? new Float32Array(dim)
    const vectors = centredFloats(rows, mean)
    const some = asked.filter((_, i) => i % 4 === 0)
    const truth = new Map<number, readonly number[]>()
    say('loops in JavaScript over float32')
    const loops = await timesOf(some, async (id) => {
      truth.set(id, nearestByLoops(vectors, dim, id - 1, k))
    })
    let hits = 0
    for (const [id, expected] of truth) {
      const own = new Set(found.get(id)?.ids)
      hits += expected.filter((row) => own.has(row + 1)).length
    }
    const search = await usearchSearch(vectors, dim)
    say(search === null ? 'usearch is not installed' : 'usearch, exact')
    const usearch = search && (await timesOf(some, async (id) => search(id - 1, k + 1, threads)))
    return {
      count,
      dim,
      clusters,
      k,
      threads,
      latent: {
        buildSeconds: buildMs / 1000,
        ...ours,
        processMb,
        recall: hits / (some.length * k),
      },
      loops: { ...loops, ratio: loops.p95Ms / ours.p95Ms },
      usearch: usearch && { ...usearch, ratio: usearch.p95Ms / ours.p95Ms },
    }
  })
}

const threads = availableParallelism()

async function time(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}

async function timesOf(
  ids: readonly number[],
  search: (id: number) => Promise<unknown>,
): Promise<Times> {
  const ms: number[] = []
  for (const id of ids) ms.push(await time(() => search(id)))
  ms.sort((a, b) => a - b)
  const at = (share: number): number => ms[Math.floor(share * (ms.length - 1))] ?? 0
  return { queries: ids.length, p50Ms: at(0.5), p95Ms: at(0.95) }
}
