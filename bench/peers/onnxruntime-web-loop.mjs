// The bare loop on ONNX Runtime's WebAssembly build with every core: reads {model, sidePx, runs} from
// stdin, `runs` by batch size, and writes median photos a second by batch size.
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { importFrom } from './import-from.mjs'

const { model, sidePx, runs } = JSON.parse(await text(process.stdin))
const ort = await importFrom(process.argv[2], 'onnxruntime-web')
ort.env.wasm.numThreads = availableParallelism()
const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] })
const byBatchSize = {}
for (const [size, count] of Object.entries(runs)) {
  const batchSize = Number(size)
  const bytes = Uint8Array.from({ length: batchSize * sidePx * sidePx * 3 }, (_, i) => i % 251)
  const pixels = new ort.Tensor('uint8', bytes, [batchSize, sidePx, sidePx, 3])
  await session.run({ pixels })
  const ms = []
  for (let run = 0; run < count; run++) {
    const start = performance.now()
    await session.run({ pixels })
    ms.push(performance.now() - start)
  }
  const median = ms.toSorted((a, b) => a - b)[Math.floor(count / 2)]
  byBatchSize[size] = (batchSize * 1000) / median
}
process.stdout.write(`${JSON.stringify({ byBatchSize })}\n`)
