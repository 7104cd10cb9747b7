// The image-classification pipeline of transformers.js, with its own image loading and its own
// ONNX Runtime, as its documentation shows it. Usage: see run-peer.ts.
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { fastestOf } from './fastest-of.mjs'
import { importFrom } from './import-from.mjs'

const { model, photos } = JSON.parse(await text(process.stdin))
const { env, pipeline } = await importFrom(process.argv[2], '@huggingface/transformers')
env.allowRemoteModels = false
env.localModelPath = dirname(model)
const classify = await pipeline('image-classification', 'peer-model', { dtype: 'fp32' })
await classify(photos.slice(0, 2))

async function run(batchSize) {
  const topClasses = []
  for (let at = 0; at < photos.length; at += batchSize) {
    const results = await classify(photos.slice(at, at + batchSize), { top_k: 5 })
    for (const [best] of results) topClasses.push(Number(best.label))
  }
  return topClasses
}

process.stdout.write(`${JSON.stringify(await fastestOf([1, 8], photos.length, run))}\n`)
