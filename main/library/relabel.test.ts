import { expect, it } from 'vitest'
import { relabel } from './relabel.ts'

/** A store of so many photos with labels of an older list. */
function storeOf(count: number) {
  let left = Array.from({ length: count }, (_, i) => i + 1)
  return {
    left: () => left.length,
    staleLabels: async (limit: number) => Uint32Array.from(left.slice(0, limit)),
    relabel: async (ids: Uint32Array) => {
      left = left.filter((id) => !ids.includes(id))
    },
  }
}

const labeller = async (ids: Uint32Array) => ({
  classes: new Uint16Array(ids.length),
  probabilities: new Float32Array(ids.length),
})

it('goes on until every photo has its labels, batch by batch', async () => {
  const store = storeOf(1_200)
  const batches: number[] = []
  await relabel({
    store,
    labeller,
    onRelabelled: async (count) => void batches.push(count),
    signal: new AbortController().signal,
  })
  expect(batches).toEqual([500, 500, 200])
  expect(store.left()).toBe(0)
})

it('keeps what was done when it is cut off, and goes on from there', async () => {
  const store = storeOf(1_200)
  const abort = new AbortController()
  const work = { store, labeller, onRelabelled: async () => {} }
  const cut = relabel({
    ...work,
    onRelabelled: async () => abort.abort(new Error('cut')),
    signal: abort.signal,
  })
  await expect(cut).rejects.toThrow('cut')
  expect(store.left()).toBe(700)
  await relabel({ ...work, signal: new AbortController().signal })
  expect(store.left()).toBe(0)
})
