import { describe, expect, it } from 'vitest'
import { WantedLoader } from './wanted-loader.ts'

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A source that answers when told and remembers what it was asked. */
function source() {
  const asked: { ids: number[]; signal: AbortSignal; answer: () => void; fail: () => void }[] = []
  const loaded: number[] = []
  const loader = new WantedLoader<string>({
    requestsAtOnce: 2,
    idsPerRequest: 3,
    load: (ids, signal) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error('gone'))
        signal.addEventListener('abort', fail)
        asked.push({ ids: [...ids], signal, answer: () => resolve('pictures'), fail })
      }),
    onLoaded: (ids) => loaded.push(...ids),
  })
  return { asked, loaded, loader }
}

describe('WantedLoader', () => {
  it('asks for the most wanted first, in batches, so many at once, until all are there', async () => {
    const { asked, loaded, loader } = source()
    loader.want([5, 4, 3, 2, 1, 9, 8])
    expect(asked.map(({ ids }) => ids)).toEqual([
      [5, 4, 3],
      [2, 1, 9],
    ])
    asked[0]?.answer()
    await sleep(1)
    expect(asked[2]?.ids).toEqual([8])
    asked[1]?.answer()
    asked[2]?.answer()
    await sleep(1)
    expect(loaded.toSorted()).toEqual([1, 2, 3, 4, 5, 8, 9])
    expect(loader.atRest).toBe(true)
  })

  it('cancels a request none of whose pictures is wanted any more, and starts the next', async () => {
    const { asked, loaded, loader } = source()
    loader.want([1, 2, 3, 4, 5, 6])
    loader.want([6, 7])
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false, false])
    // 6 is on its way already.
    expect(asked[2]?.ids).toEqual([7])
    for (const { answer } of asked) answer()
    await sleep(1)
    expect(loaded.toSorted()).toEqual([4, 5, 6, 7])
  })

  it('does not ask again for what failed until told to', async () => {
    const { asked, loader } = source()
    loader.want([1])
    asked[0]?.fail()
    await sleep(1)
    loader.want([1])
    expect(asked).toHaveLength(1)
    loader.retry()
    loader.want([1])
    expect(asked).toHaveLength(2)
  })
})
