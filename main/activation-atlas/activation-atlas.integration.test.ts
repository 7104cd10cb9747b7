import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DecodePool } from '../engine/decode-pool.ts'
import type { CallContext } from '../inspect/call-server.ts'
import { inspectHandlers } from '../inspect/handlers.ts'
import { Network } from '../inspect/network.ts'
import type { NetworkSpec } from '../inspect/protocol.ts'
import { oneHotLogit } from '../onnx/gradient/cotangents.ts'
import { gradientGraph, gradientName } from '../onnx/gradient/gradient-graph.ts'
import { cutAt } from '../onnx/rewrites/cut.ts'
import { labelEffects } from './labels/label-effects.ts'
import { readSamples } from './sampling/sample-file.ts'

const repository = new URL('../../', import.meta.url)
const decoder = new URL('out/main/decode-worker.js', repository)
const installed = fileURLToPath(new URL('models/installed/inception-v3/', repository))
const absent = [decoder, `${installed}float.onnx`].some((path) => !existsSync(path))
if (absent) {
  process.stderr.write(
    'SKIPPED in activation-atlas.integration.test.ts: run npm run build and npm start once\n',
  )
}

const spec: NetworkSpec = {
  id: 'inception-v3',
  onnxPath: `${installed}float.onnx`,
  inputSizePx: 299,
}
const layer = 'Mixed_6d'
const context: CallContext = { signal: new AbortController().signal, progress: () => {} }

describe.skipIf(absent)('an atlas of the default network', { timeout: 120_000 }, () => {
  let pool: DecodePool
  let calls: ReturnType<typeof inspectHandlers>
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latent-activation-atlas-'))
    pool = new DecodePool(decoder, {
      size: 1,
      timeoutMs: 20_000,
      onBroken: (reason) => {
        throw new Error(reason)
      },
    })
    calls = inspectHandlers(pool)
  })
  afterAll(async () => {
    await pool?.dispose()
    await rm(folder, { recursive: true, force: true })
  })

  it('samples a photo, and counts one that cannot be read', async () => {
    const broken = join(folder, 'broken.jpg')
    await writeFile(broken, 'no photo')
    const photos = [
      { id: 1, modifiedAtMs: 1, source: { kind: 'file', path: `${installed}example.jpg` } },
      { id: 2, modifiedAtMs: 1, source: { kind: 'file', path: broken } },
    ] as const
    const request = { spec, layer, folder, key: 'test', photos, perPhoto: 8, seed: 1 }
    expect(await calls.samplePhotos(request, context)).toEqual({ skipped: 1 })
    const known = await readSamples(folder)
    expect([known.photos.get(1)?.count, known.photos.get(2)?.count]).toEqual([8, 0])
    // The same place, looked at the way the Inspector does.
    const source = photos[0].source
    await calls.look({ spec, session: 'look', source }, context)
    const { data, dims } = await calls.tensor({ session: 'look', layer }, context)
    const { row, column, norm } = known.place(0)
    const area = (dims.at(-1) ?? 0) * (dims.at(-2) ?? 0)
    const at = row * (dims.at(-1) ?? 0) + column
    const vector = Array.from({ length: data.length / area }, (_, c) => data[c * area + at] ?? 0)
    expect(Math.hypot(...vector) / norm).toBeCloseTo(1, 3)
  })

  it('finds the effect on a label that the gradient graph finds', async () => {
    const network = await Network.load(spec)
    const { value, info, shape } = network.layer(layer)
    const area = info.heightPx * info.widthPx
    const direction = Float32Array.from({ length: info.channels }, (_, c) => ((c * 7) % 5) / 10)
    const request = { spec, layer, directions: direction }
    const effects = await labelEffects(network, request, context.signal, () => {})
    const logits = network.listed.logits ?? ''
    const cut = cutAt(network.model, { inputs: [value], outputs: [logits] })
    const { model } = gradientGraph(cut, { of: logits, withRespectTo: [value] })
    const session = await network.session('reference', () => model)
    const data = Float32Array.from(
      { length: info.channels * area },
      (_, i) => direction[Math.floor(i / area)] ?? 0,
    )
    for (const classIndex of [3, 208, 770]) {
      const cotangent = oneHotLogit(network.logitsShape, classIndex)
      const outputs = await session.run({ [value]: { data, dims: [1, ...shape] }, cotangent })
      const gradient = outputs[gradientName(value)]?.data ?? new Float32Array()
      const wanted = gradient.reduce((sum, slope, i) => sum + slope * (data[i] ?? 0), 0)
      expect(Math.abs((effects?.[classIndex] ?? 0) - wanted)).toBeLessThan(
        0.05 + 0.05 * Math.abs(wanted),
      )
    }
    await network.dispose()
  })

  it('dreams a picture that points far more that way than the start did', async () => {
    const direction = Float32Array.from({ length: 768 }, (_, c) => (c % 16 === 3 ? 1 : 0))
    const request = { spec, layer, direction, sidePx: 128, seed: 1 }
    const first = await calls.directionDream({ ...request, steps: 1 }, context)
    const made = await calls.directionDream({ ...request, steps: 40 }, context)
    expect(made.activation).toBeGreaterThan(first.activation * 1.5)
    expect(Buffer.from(made.png).toString('latin1', 1, 4)).toBe('PNG')
  })
})
