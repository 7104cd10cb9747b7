import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { halfTable } from '../../store/half-float.ts'
import { decodeModel, encodeModel } from '../codec.ts'
import { listLayers } from '../layers/list-layers.ts'
import { addTaps } from './taps.ts'
import { addUnitMaxima } from './unit-maxima.ts'

const folder = fileURLToPath(new URL('../../../models/installed/inception-v3/', import.meta.url))
const absent = !existsSync(folder)
if (absent) {
  process.stderr.write('SKIPPED in unit-maxima.test.ts: no installed model: run npm start once\n')
}

describe.skipIf(absent)('addUnitMaxima', () => {
  it('gives the maxima of taps, quantised and float', { timeout: 60_000 }, async () => {
    for (const file of ['quantised.onnx', 'float.onnx']) {
      const stored = decodeModel(new Uint8Array(readFileSync(folder + file)))
      const plain = withoutMaxima(stored)
      const { model, layers } = addUnitMaxima(plain)
      const listed = listLayers(plain).layers.filter(({ kind }) => kind !== 'softmax')
      expect(layers.map(({ layer }) => layer)).toEqual(listed.map(({ name }) => name))
      const pixels = noise(299 * 299 * 3)
      const maxima = await run(model, pixels, ['unit_maxima'])
      const taps = await run(
        addTaps(
          plain,
          listed.map(({ value }) => value),
        ),
        pixels,
        listed.map(({ value }) => value),
      )
      const wanted = listed.flatMap(({ value }, i) => {
        const data = taps[value]?.data as Float32Array
        const { channels = 0 } = layers[i] ?? {}
        const area = data.length / channels
        return Array.from({ length: channels }, (_, channel) =>
          data.subarray(channel * area, (channel + 1) * area).reduce((a, b) => Math.max(a, b)),
        )
      })
      const found = maxima.unit_maxima?.data as Uint16Array
      const halves = new Uint16Array(found.buffer, found.byteOffset, wanted.length)
      expect(found.length).toBe(wanted.length)
      wanted.forEach((value, unit) => {
        const activation = halfTable[halves[unit] ?? 0] ?? Number.NaN
        // Half floats keep 11 bits.
        expect(Math.abs(activation - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11 + 1e-6)
      })
    }
  })
})

/** What is installed has the output already. */
function withoutMaxima(model: ReturnType<typeof decodeModel>): typeof model {
  const { graph } = model
  if (graph === undefined) throw new Error('Expected a graph')
  const outputs = graph.outputs.filter(({ name }) => name !== 'unit_maxima')
  const nodes = graph.nodes.filter(({ outputs: [made = ''] }) => !/maxima|_flat$/.test(made))
  return { ...model, graph: { ...graph, nodes, outputs } }
}

function noise(length: number): Uint8Array {
  let state = 7
  return Uint8Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state >> 16
  })
}

async function run(
  model: ReturnType<typeof decodeModel>,
  pixels: Uint8Array,
  wanted: readonly string[],
): Promise<ort.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(encodeModel(model))
  const outputs = await session.run({ pixels: new ort.Tensor('uint8', pixels, [1, 299, 299, 3]) }, [
    ...wanted,
  ])
  await session.release()
  return outputs
}
