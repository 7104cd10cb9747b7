import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeModel } from '../onnx/codec.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { dataType } from '../onnx/model.ts'
import { withKeptGraph } from './kept-graph.ts'
import type { ModelSpec } from './protocol.ts'
import { ClassifierSession } from './sessions.ts'

let home: string
let folder: string
let networkPath: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latent-graphs-'))
  folder = join(home, 'graphs')
  networkPath = join(home, 'network.onnx')
  await writeFile(networkPath, 'a network')
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** Tells how it was made; writes what is to be kept, as ONNX Runtime does. */
const open = (runtime = '1', broken: readonly string[] = []): Promise<string> =>
  withKeptGraph({ folder, networkPath, runtime }, async (source) => {
    if (source.kind === 'kept') {
      const contents = await readFile(source.path, 'utf8')
      if (broken.includes(contents)) throw new Error('not a graph')
      return `kept: ${contents}`
    }
    if (source.keepIn !== undefined) await writeFile(source.keepIn, `graph ${runtime}`)
    return 'made'
  })

describe('withKeptGraph', () => {
  it('makes a graph once and finds it the next time', async () => {
    expect(await open()).toBe('made')
    expect(await open()).toBe('kept: graph 1')
    expect(await readdir(folder)).toHaveLength(1)
  })

  it('makes another one for another version, or for a network that was replaced', async () => {
    await open()
    expect(await open('2')).toBe('made')
    await utimes(networkPath, 1, 1)
    expect(await open()).toBe('made')
  })

  it('throws a broken one away and makes it anew', async () => {
    await open()
    expect(await open('1', ['graph 1'])).toBe('made')
    expect(await open()).toBe('kept: graph 1')
  })

  it('goes on without where nothing can be written', async () => {
    await writeFile(folder, 'a file where the folder should be')
    expect(await open()).toBe('made')
    await rm(folder)
    const fullDrive = withKeptGraph({ folder, networkPath, runtime: '1' }, async (source) => {
      if (source.kind === 'network' && source.keepIn === undefined) return 'made'
      throw new Error('no space left')
    })
    expect(await fullDrive).toBe('made')
    expect(await readdir(folder)).toEqual([])
  })

  it('throws what is wrong with the network itself', async () => {
    const broken = withKeptGraph({ folder, networkPath, runtime: '1' }, async () => {
      throw new Error('no network')
    })
    await expect(broken).rejects.toThrow('no network')
  })

  it('keeps the six that were used last', async () => {
    const seen = new Set<string>()
    for (let version = 1; version <= 8; version++) {
      await open(String(version))
      const [made = ''] = (await readdir(folder)).filter((name) => !seen.has(name))
      seen.add(made)
      // A file system's clock may be too coarse to tell them apart.
      await utimes(join(folder, made), version, version)
    }
    expect(await readdir(folder)).toHaveLength(6)
    expect(await open('8')).toBe('kept: graph 8')
    expect(await open('1')).toBe('made')
  })
})

describe('a session of a kept graph', () => {
  const sidePx = 4
  const spec = (): ModelSpec => ({
    id: 'tiny',
    onnxPath: networkPath,
    sha256: '',
    inputSizePx: sidePx,
    classCount: 2,
    embeddingDim: 3,
    unitCount: 0,
  })

  /** Averages the colours; the more red, the more of the first class. */
  async function writeNetwork(): Promise<void> {
    const graph = new GraphBuilder('tiny')
    graph.input('pixels', dataType.uint8, ['N', sidePx, sidePx, 3])
    const floats = graph.node('Cast', ['pixels'], 'floats', { to: dataType.float })
    const colours = graph.node('ReduceMean', [floats], 'colours', { axes: [1, 2], keepdims: 0 })
    const weights = graph.floats('weights', [0.01, 0, 0, 0.01, 0, 0], [3, 2])
    const logits = graph.node('MatMul', [colours, weights], 'logits')
    const probabilities = graph.node('Softmax', [logits], 'probabilities', { axis: -1 })
    const embedding = graph.node('Cast', [colours], 'embedding', { to: dataType.float16 })
    graph.output(probabilities, dataType.float, ['N', 2])
    graph.output(embedding, dataType.float16, ['N', 3])
    await writeFile(networkPath, encodeModel(graph.build()))
  }

  it('says the same as one of the network, and survives a file that was cut off', async () => {
    await writeNetwork()
    const pixels = Uint8Array.from({ length: sidePx * sidePx * 3 }, (_, i) => (i * 37) % 256)
    const run = async (): Promise<readonly number[]> => {
      const session = await ClassifierSession.create(spec(), 'cpu', 1, { keptGraphs: folder })
      const { probabilities, embeddings } = await session.run(pixels, 1)
      await session.dispose()
      return [...probabilities, ...embeddings]
    }
    const first = await run()
    const [kept = ''] = await readdir(folder)
    expect(await run()).toEqual(first)
    await truncate(join(folder, kept), 20)
    expect(await run()).toEqual(first)
    expect((await readFile(join(folder, kept))).length).toBeGreaterThan(20)
  })
})
