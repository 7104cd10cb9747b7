import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DecodePool } from '../engine/decode-pool.ts'
import type { CallContext } from './call-server.ts'
import { inspectHandlers } from './handlers.ts'
import type { LookAnswer, NetworkSpec } from './protocol.ts'

const repository = new URL('../../', import.meta.url)
const decoder = new URL('out/main/decode-worker.js', repository)
const installed = fileURLToPath(new URL('models/installed/inception-v3/', repository))

/** Says on stderr why tests are left out: a quiet skip looks like a pass. */
function missing(what: string, path: string | URL): boolean {
  const absent = !existsSync(path)
  if (absent) process.stderr.write(`SKIPPED in inspect.integration.test.ts: no ${what}\n`)
  return absent
}
const nothing = [
  missing('built decoder: run npm run build', decoder),
  missing('installed model: run npm start once', installed),
].includes(true)

const spec: NetworkSpec = {
  id: 'inception-v3',
  onnxPath: `${installed}float.onnx`,
  inputSizePx: 299,
}
const source = { kind: 'file', path: `${installed}example.jpg` } as const
const labrador = 208
const session = 'test'
const context: CallContext = { signal: new AbortController().signal, progress: () => {} }

describe.skipIf(nothing)('looking into the default network', { timeout: 120_000 }, () => {
  let pool: DecodePool
  let calls: ReturnType<typeof inspectHandlers>
  let look: LookAnswer

  beforeAll(async () => {
    pool = new DecodePool(decoder, {
      size: 1,
      timeoutMs: 20_000,
      onBroken: (reason) => {
        throw new Error(reason)
      },
    })
    calls = inspectHandlers(pool)
    look = await calls.look({ spec, session, source }, context)
  }, 120_000)
  afterAll(() => pool?.dispose())

  it('recognises the example photo', () => {
    expect(look.probabilities.indexOf(Math.max(...look.probabilities))).toBe(labrador)
    expect(look.crop).toEqual({ leftPx: 0, topPx: 0, sidePx: 1387 })
  })

  it('has all its layers, of which every one can be read', async () => {
    const { layers, lastSpatialLayer, penultimateLayer } = await calls.facts(spec, context)
    expect(layers.at(0)?.name).toBe('Conv2d_1a')
    expect([lastSpatialLayer, penultimateLayer]).toEqual(['Mixed_7c', 'pool'])
    for (const { name, channels, heightPx, widthPx } of layers) {
      const { bytes, activations } = await calls.layer({ session, layer: name }, context)
      expect(bytes.length).toBe(channels * heightPx * widthPx)
      expect(activations.maxima).toHaveLength(channels)
    }
  })

  it('reads a step inside a block, which the block puts together', async () => {
    const { layers } = await calls.facts(spec, context)
    const block = layers.find(({ name }) => name === 'Mixed_5b')
    const steps = block?.inner.filter(({ name }) => /Branch_0|Branch_1\/.*5x5/.test(name)) ?? []
    expect(steps).toHaveLength(2)
    const whole = await calls.tensor({ session, layer: 'Mixed_5b' }, context)
    let start = 0
    for (const { name } of steps) {
      const { data } = await calls.tensor({ session, layer: name }, context)
      const part = whole.data.subarray(start, start + data.length)
      const worst = data.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (part[i] ?? 0))),
        0,
      )
      expect(worst, name).toBeLessThan(1e-4)
      start += data.length
    }
  })

  it('explains the first layer to the last digit', async () => {
    const { kernels } = await calls.facts(spec, context)
    const { data } = await calls.tensor({ session, layer: 'Conv2d_1a' }, context)
    for (const [kernel, x, y] of [
      [0, 0, 0],
      [5, 40, 60],
      [31, 148, 148],
    ] as const) {
      const reading = await calls.kernelPoint({ session, kernel, x, y }, context)
      const weights = kernels?.weights.subarray(kernel * 27, (kernel + 1) * 27)
      const sum = reading.patch.reduce((total, value, i) => total + value * (weights?.[i] ?? 0), 0)
      expect(reading.response).toBeCloseTo(sum + reading.bias, 4)
      expect(reading.activation).toBeCloseTo(Math.max(reading.response, 0), 4)
      expect(reading.activation).toBe(data[(kernel * 149 + y) * 149 + x])
    }
  })

  it('finds the classes that are told apart by alike weights', async () => {
    const alike = await calls.confusions({ spec, classIndex: labrador, count: 5 }, context)
    // Golden retriever.
    expect(alike[0]?.index).toBe(207)
  })

  it('finds where a unit responds most', async () => {
    const { activations } = await calls.layer({ session, layer: 'Mixed_6a' }, context)
    const { activation, window } = await calls.peak(
      { spec, source, layer: 'Mixed_6a', channel: 17 },
      context,
    )
    expect(activation).toBeCloseTo(activations.maxima[17] ?? Number.NaN, 3)
    expect(window.widthPx).toBeLessThanOrEqual(159)
  })

  it.each(['grad-cam', 'occlusion', 'smooth-grad'] as const)(
    'sees by %s that the dog stands in the middle',
    async (method) => {
      const progress: unknown[] = []
      const { values, heightPx, widthPx } = await calls.attribution(
        { spec, pixels: look.pixels, method, classIndex: labrador, layer: undefined },
        { ...context, progress: (step) => progress.push(step) },
      )
      expect(values).toHaveLength(heightPx * widthPx)
      const [middle, border] = meansByPlace(values, heightPx, widthPx)
      expect(middle).toBeGreaterThan(border * 1.5)
      expect(progress.length > 0).toBe(method !== 'grad-cam')
    },
  )

  it('stops long work when it is cancelled', async () => {
    const abort = new AbortController()
    const work = calls.attribution(
      { spec, pixels: look.pixels, method: 'occlusion', classIndex: 1, layer: undefined },
      { signal: abort.signal, progress: () => abort.abort(new Error('enough')) },
    )
    await expect(work).rejects.toThrow('enough')
  })

  it('dreams a picture that excites its unit far more than the photo does', async () => {
    const request = { spec, layer: 'Mixed_6d', channel: 100, steps: 30, seed: 1 }
    const { activation, png } = await calls.dream(request, context)
    const { activations } = await calls.layer({ session, layer: 'Mixed_6d' }, context)
    expect(activation).toBeGreaterThan((activations.maxima[100] ?? 0) * 1.5)
    expect(Buffer.from(png).toString('latin1', 1, 4)).toBe('PNG')
    const again = await calls.dream({ ...request, steps: 3 }, context)
    const same = await calls.dream({ ...request, steps: 3 }, context)
    expect(Buffer.from(again.png).equals(Buffer.from(same.png))).toBe(true)
  })

  it('names a layer, unit or class that is not there', async () => {
    await expect(calls.layer({ session, layer: 'conv99' }, context)).rejects.toThrow('conv99')
    const outside = { session, layer: 'Mixed_5b', channel: 0, x: 35, y: 0 }
    await expect(calls.point(outside, context)).rejects.toThrow('Mixed_5b')
    const dream = { spec, layer: 'Mixed_5b', channel: 256, steps: 1, seed: 1 }
    await expect(calls.dream(dream, context)).rejects.toThrow('256')
  })
})

/** Means of the central half of a map and of the rest. */
function meansByPlace(values: Float32Array, heightPx: number, widthPx: number): [number, number] {
  const sums = [0, 0]
  const counts = [0, 0]
  values.forEach((value, i) => {
    const [x, y] = [((i % widthPx) + 0.5) / widthPx, (Math.floor(i / widthPx) + 0.5) / heightPx]
    const place = Math.abs(x - 0.5) < 0.25 && Math.abs(y - 0.5) < 0.25 ? 0 : 1
    sums[place] = (sums[place] ?? 0) + value
    counts[place] = (counts[place] ?? 0) + 1
  })
  return [(sums[0] ?? 0) / (counts[0] ?? 1), (sums[1] ?? 0) / (counts[1] ?? 1)]
}
