import { describe, expect, it } from 'vitest'
import type { Batch } from './sessions.ts'
import { type DisposableRunner, SteadySession } from './steady-session.ts'
import { model } from './testing/fake-engine.ts'

/** Says of every photo its first byte, so that lost or swapped photos show. */
class FakeSession implements DisposableRunner {
  readonly model = model
  readonly mostInFlight = 2
  readonly sizes: number[] = []
  disposed = false

  constructor(private readonly failure: (size: number) => string) {}

  run(pixelsNhwc: Uint8Array, size: number): Promise<Batch> {
    this.sizes.push(size)
    const reason = this.failure(size)
    if (reason !== '') return Promise.reject(new Error(reason))
    const first = Array.from({ length: size }, (_, i) => pixelsNhwc[(i * pixelsNhwc.length) / size])
    return Promise.resolve({
      size,
      probabilities: Float32Array.from(first, (value) => value ?? -1),
      embeddings: Uint16Array.from(first, (value) => value ?? 0),
      unitMaxima: new Uint16Array(),
      ms: size,
    })
  }

  dispose(): Promise<void> {
    this.disposed = true
    return Promise.resolve()
  }
}

async function setUp(sessions: Readonly<Record<string, FakeSession>>) {
  const said: unknown[] = []
  const session = await SteadySession.open(model, Object.keys(sessions), {
    load: (provider) => {
      const found = sessions[provider]
      return found === undefined ? Promise.reject(new Error('None.')) : Promise.resolve(found)
    },
    largestBatchOn: () => 4,
    onSwitch: (from, to, reason) => said.push([from, to, reason]),
    onSmallerBatch: (batchSize) => said.push(batchSize),
  })
  return { session, said }
}

const fine = (): FakeSession => new FakeSession(() => '')
const pixels = Uint8Array.of(10, 0, 20, 0, 30, 0, 40, 0, 50, 0)

describe('SteadySession', () => {
  it('halves a batch that memory cannot hold, keeps the order, and asks for no larger one again', async () => {
    const gpu = new FakeSession((size) => (size > 2 ? 'Failed to allocate memory' : ''))
    const { session, said } = await setUp({ cuda: gpu, cpu: fine() })
    const batch = await session.run(pixels, 5)
    expect([...batch.probabilities]).toEqual([10, 20, 30, 40, 50])
    expect([...batch.embeddings]).toEqual([10, 20, 30, 40, 50])
    expect(batch).toMatchObject({ size: 5, ms: 5 })
    expect(said).toEqual([3, 2])
    gpu.sizes.length = 0
    await session.run(pixels, 5)
    expect(Math.max(...gpu.sizes)).toBe(2)
  })

  it('reruns a batch that failed on the next provider, once, and says so', async () => {
    const gpu = new FakeSession(() => 'The device was lost.')
    const cpu = fine()
    const { session, said } = await setUp({ webgpu: gpu, cpu })
    expect([...(await session.run(pixels, 5)).probabilities]).toEqual([10, 20, 30, 40, 50])
    expect(said).toEqual([['webgpu', 'cpu', 'The device was lost.']])
    expect(gpu).toMatchObject({ disposed: true, sizes: [5] })
    await session.run(pixels, 5)
    expect(gpu.sizes).toEqual([5])
    // Past the first, no batches larger than it gains from.
    expect(cpu.sizes).toEqual([5, 3, 2])
    expect(session.largestBatch).toBe(4)
    await session.dispose()
    expect(cpu.disposed).toBe(true)
  })

  it('goes to the next provider when not even one photo fits', async () => {
    const gpu = new FakeSession(() => 'CUDA out of memory')
    const { session, said } = await setUp({ cuda: gpu, cpu: fine() })
    expect((await session.run(pixels, 5)).size).toBe(5)
    expect(said.at(-1)).toEqual(['cuda', 'cpu', 'CUDA out of memory'])
  })

  it('does not try a third on the same batch, and gives the reason of the last when none is left', async () => {
    const [a, b] = [new FakeSession(() => 'first'), new FakeSession(() => 'second')]
    const { session } = await setUp({ cuda: a, webgpu: b, cpu: fine() })
    await expect(session.run(pixels, 5)).rejects.toThrow('second')
    const alone = await setUp({ cpu: new FakeSession(() => 'broken') })
    await expect(alone.session.run(pixels, 5)).rejects.toThrow('broken')
    expect(alone.said).toEqual([])
  })

  it('takes another provider once, though two batches were under way', async () => {
    const gpu = new FakeSession(() => 'Device lost.')
    const cpu = fine()
    const { session, said } = await setUp({ webgpu: gpu, cpu })
    const [first, second] = await Promise.all([session.run(pixels, 5), session.run(pixels, 1)])
    expect([first.size, second.size]).toEqual([5, 1])
    expect(cpu.sizes.toSorted()).toEqual([1, 5])
    expect(said).toEqual([['webgpu', 'cpu', 'Device lost.']])
  })
})
