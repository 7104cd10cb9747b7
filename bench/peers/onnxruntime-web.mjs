// ONNX Runtime's WebAssembly build with every core, on Latent's own graph; sharp's native build
// decodes the next photos meanwhile. Usage: see run-peer.ts.
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { fastestOf } from './fastest-of.mjs'
import { importFrom } from './import-from.mjs'

const { model, sidePx, photos } = JSON.parse(await text(process.stdin))
const packages = process.argv[2]
const ort = await importFrom(packages, 'onnxruntime-web')
const { default: sharp } = await importFrom(packages, 'sharp')
ort.env.wasm.numThreads = availableParallelism()
const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] })

const decode = (photo) =>
  sharp(photo)
    .rotate()
    .resize(sidePx, sidePx, { fit: 'cover' })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()

const decodeBatch = (at, batchSize) => Promise.all(photos.slice(at, at + batchSize).map(decode))

async function run(batchSize) {
  const topClasses = []
  let next = decodeBatch(0, batchSize)
  for (let at = 0; at < photos.length; at += batchSize) {
    const decoded = await next
    next = decodeBatch(at + batchSize, batchSize)
    const pixels = new ort.Tensor('uint8', Buffer.concat(decoded), [
      decoded.length,
      sidePx,
      sidePx,
      3,
    ])
    const { logits } = await session.run({ pixels }, ['logits'])
    const classCount = logits.dims[1]
    for (let i = 0; i < decoded.length; i++) {
      topClasses.push(indexOfGreatest(logits.data.subarray(i * classCount, (i + 1) * classCount)))
    }
  }
  return topClasses
}

const indexOfGreatest = (values) =>
  values.reduce((best, value, i) => (value > values[best] ? i : best), 0)

await session.run({
  pixels: new ort.Tensor('uint8', await decode(photos[0]), [1, sidePx, sidePx, 3]),
})
process.stdout.write(`${JSON.stringify(await fastestOf([1, 8], photos.length, run))}\n`)
