import { describe, expect, it } from 'vitest'
import type { PoolReply } from './decode-pool.ts'
import { type BatchRunner, Pipeline } from './pipeline.ts'
import { unknownFacts } from './protocol.ts'
import type { Batch } from './sessions.ts'
import { model } from './testing/fake-engine.ts'

const decoded: PoolReply = {
  kind: 'analysed',
  outcome: {
    status: 'ok',
    reason: '',
    facts: unknownFacts,
    picture: undefined,
    pixels: new Uint8Array(3),
    decodeMs: 1,
  },
}

/** A network and decoders whose work is done when a test says so. */
function setUp({ batchSize = 2, mostInFlight = 1, largestBatch = 8 } = {}) {
  const running: { readonly size: number; readonly done: (batch: Batch) => void }[] = []
  const decoding: (() => void)[] = []
  const analysed: number[] = []
  let grown = 0
  const runner: BatchRunner = {
    model,
    mostInFlight,
    largestBatch,
    run: (_pixels, size) => new Promise((done) => running.push({ size, done })),
  }
  const pool = {
    get hasRoom(): boolean {
      return decoding.length < 2
    },
    run: () => new Promise<PoolReply>((done) => decoding.push(() => done(decoded))),
    grow: () => {
      grown++
    },
  }
  const pipeline = new Pipeline(runner, pool, batchSize, {
    onStarted: () => {},
    onAnalysed: (id) => analysed.push(id),
    onBroken: () => {},
  })
  return {
    running,
    analysed,
    grown: () => grown,
    add: (id: number, urgent = false) =>
      pipeline.add({
        type: 'analyse',
        id,
        source: { kind: 'bytes', name: '', bytes: new Uint8Array() },
        urgent,
        topCount: 1,
      }),
    decode: async (count: number) => {
      for (let i = 0; i < count; i++) {
        decoding.shift()?.()
        await settled()
      }
    },
    finishBatch: async () => {
      const batch = running.shift()
      const size = batch?.size ?? 0
      batch?.done({
        size,
        probabilities: new Float32Array(size * model.classCount),
        embeddings: new Uint16Array(size * model.embeddingDim),
        unitMaxima: new Uint16Array(),
        ms: 1,
      })
      await settled()
    },
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const sizesOf = (running: readonly { readonly size: number }[]): readonly number[] =>
  running.map(({ size }) => size)

describe('Pipeline', () => {
  it('gives a GPU its next batch before it has done with this one, and a CPU one at a time', async () => {
    for (const [mostInFlight, expected] of [
      [2, [2, 2]],
      [1, [2]],
    ] as const) {
      const { add, decode, running } = setUp({ mostInFlight })
      for (let id = 0; id < 6; id++) add(id)
      await decode(6)
      expect(sizesOf(running)).toEqual(expected)
    }
  })

  it('makes no larger batches than the network can take', async () => {
    const { add, decode, running } = setUp({ batchSize: 4, largestBatch: 2 })
    for (let id = 0; id < 6; id++) add(id)
    await decode(2)
    expect(sizesOf(running)).toEqual([2])
  })

  it('lets a photo that somebody waits for go first, by itself', async () => {
    const { add, decode, running, finishBatch, analysed } = setUp({ batchSize: 4 })
    add(1)
    add(2)
    add(3, true)
    await decode(3)
    expect(sizesOf(running)).toEqual([1])
    await finishBatch()
    expect(analysed).toEqual([3])
    await finishBatch()
    expect(analysed).toEqual([3, 1, 2])
  })

  it('wants another decoder after the network has waited three times in a row', async () => {
    const { add, decode, finishBatch, grown } = setUp()
    for (let id = 0; id < 20; id++) add(id)
    for (let batch = 1; batch <= 3; batch++) {
      expect(grown()).toBe(0)
      await decode(2)
      await finishBatch()
    }
    expect(grown()).toBe(1)
  })

  it('wants none while photos lie ready, nor at the end', async () => {
    const { add, decode, finishBatch, grown } = setUp()
    for (let id = 0; id < 12; id++) add(id)
    await decode(4)
    for (let batch = 1; batch <= 4; batch++) {
      await decode(2)
      await finishBatch()
    }
    for (let batch = 1; batch <= 2; batch++) await finishBatch()
    expect(grown()).toBe(0)
  })
})
