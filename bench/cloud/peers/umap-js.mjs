// Google's umap-js. See ../run-peer.ts.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { finish, readTask } from './task.mjs'

const { task, vectors, packages } = await readTask()
const { UMAP } = createRequire(join(packages, 'package.json'))('umap-js')
const { count, dim, dims, neighbours, minDist } = task

const cosine = (a, b) => {
  let product = 0
  for (let i = 0; i < dim; i++) product += a[i] * b[i]
  return 1 - product
}
/** mulberry32. */
let state = 1
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

const start = performance.now()
const rows = Array.from({ length: count }, (_, i) => vectors.subarray(i * dim, (i + 1) * dim))
const umap = new UMAP({
  nComponents: dims,
  // It counts the point itself.
  nNeighbors: neighbours + 1,
  minDist,
  distanceFn: cosine,
  random,
})
const positions = Float32Array.from(umap.fit(rows).flat())
await finish(task, positions, performance.now() - start)
