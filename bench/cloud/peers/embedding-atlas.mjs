// The WebAssembly UMAP of embedding-atlas, with its own search for neighbours. See ../run-peer.ts.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { finish, readTask } from './task.mjs'

const { task, vectors, packages } = await readTask()
// It is not among the package's exports.
const path = join(packages, 'node_modules', 'embedding-atlas', 'dist', 'umap.js')
const { createUMAP } = await import(pathToFileURL(path).href)
const start = performance.now()
const { count, dim, dims, neighbours, minDist } = task
const umap = await createUMAP(count, dim, dims, vectors, {
  metric: 'cosine',
  // It counts the point itself.
  nNeighbors: neighbours + 1,
  minDist,
  seed: 1,
})
await umap.run()
await finish(task, new Float32Array(umap.embedding), performance.now() - start)
