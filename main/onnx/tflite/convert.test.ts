import { describe, expect, it } from 'vitest'
import { bytesOf } from '../graph-builder.ts'
import { running } from '../testing/run-model.ts'
import { convertTflite } from './convert.ts'
import { type Fields, flatbuffer, text } from './testing/flatbuffer-file.ts'

const side = 4
const scale = 0.5
const int8 = 9
const uint8 = 3

/** MEAN over places, whose three channels are the scores; integers with or without a sign. */
function meanOf(type: number, zeroPoint: number): Uint8Array {
  const quantisation = { table: { 2: { floats: [scale] }, 3: { int64s: [zeroPoint] } } } as const
  const tensor = (name: string, shape: number[]): Fields => ({
    0: { ints: shape },
    1: { int: type },
    3: text(name),
    4: quantisation,
  })
  const places = { 0: { ints: [2] }, 1: { int: 2 }, 2: { int: 1 }, 3: text('places') } as const
  return flatbuffer({
    1: { tables: [{ 0: { int: 40 } }] },
    2: {
      tables: [
        {
          0: { tables: [tensor('picture', [1, side, side, 3]), places, tensor('mean', [1, 3])] },
          1: { ints: [0] },
          2: { ints: [2] },
          3: { tables: [{ 0: { int: 0 }, 1: { ints: [0, 1] }, 2: { ints: [2] } }] },
        },
      ],
    },
    4: { tables: [{}, { 0: { bytes: bytesOf(Int32Array.of(1, 2)) } }] },
  })
}

describe('convertTflite', () => {
  it.each([
    ['without a sign', uint8, 0],
    ['with a sign, which are pixels less 128', int8, -128],
  ])('takes bytes %s', async (_, type, zeroPoint) => {
    const { model } = convertTflite(meanOf(type, zeroPoint), {
      arithmetic: 'quantised',
      droppedClasses: 0,
    })
    const data = Uint8Array.from({ length: side * side * 3 }, (__, i) => (i * 37) % 256)
    const session = await running(model)
    const logits = (await session.run({ pixels: { data, dims: [1, side, side, 3] } })).get('logits')
    await session.dispose()
    for (let colour = 0; colour < 3; colour++) {
      const values = data.filter((__, i) => i % 3 === colour)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs((logits?.data[colour] ?? 0) - scale * mean)).toBeLessThanOrEqual(scale / 2)
    }
  })
})
