import { describe, expect, it } from 'vitest'
import { halvesOf } from '../../atlas/vectors/half-bits.ts'
import { bytesOf } from '../graph-builder.ts'
import { running } from '../testing/run-model.ts'
import { seeded } from '../testing/seeded.ts'
import { takesFloats, tfliteAsOnnx } from './as-onnx.ts'
import { readTflite } from './schema.ts'
import { floats, tfliteFile } from './testing/tflite-file.ts'

const side = 3
const channels = 4
const random = seeded(11)
/** Numbers that half floats hold exactly. */
const kernels = Float32Array.from(random.normals(channels * 3), (w) => Math.round(w * 32) / 32)
const bias = Float32Array.from(random.normals(channels))
const offset = Float32Array.of(0.5, -1, 0.25, 2)
const slope = Float32Array.of(0.1, 0.2, 0.3, -0.4)
const least = -0.75

const map = [1, side, side, channels]
const encoder = tfliteFile(
  side,
  [
    { shape: [channels, 1, 1, 3], type: 1, data: bytesOf(halvesOf(kernels)) },
    floats(bias, [channels]),
    floats(offset, [channels]),
    floats(Float32Array.of(least), []),
    floats(slope, [1, 1, channels]),
    { shape: [2], type: 2, data: bytesOf(Int32Array.of(1, 2)) },
  ],
  [
    // DEQUANTIZE of the kernels, which are half floats.
    { code: 6, inputs: [1], shape: [channels, 1, 1, 3] },
    // CONV_2D, VALID, strides of 1.
    {
      code: 3,
      inputs: [0, 7, 2],
      shape: map,
      options: { 0: { int: 1 }, 1: { int: 1 }, 2: { int: 1 } },
    },
    // HARD_SWISH.
    { code: 117, inputs: [8], shape: map },
    // SUB of a number for each channel, MAXIMUM with one for all, PRELU.
    { code: 41, inputs: [9, 3], shape: map },
    { code: 55, inputs: [10, 4], shape: map },
    { code: 54, inputs: [11, 5], shape: map },
    // SQUARED_DIFFERENCE of two maps.
    { code: 99, inputs: [12, 8], shape: map },
    // MEAN over places; L2_NORMALIZATION.
    { code: 40, inputs: [13, 6], shape: [1, channels] },
    { code: 11, inputs: [14], shape: [1, channels] },
  ],
)

/** The same, as TensorFlow defines it, place by place. */
function expectedOf(picture: Float32Array): number[] {
  const sums = new Array<number>(channels).fill(0)
  for (let place = 0; place < side * side; place++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = bias[channel] ?? 0
      for (let colour = 0; colour < 3; colour++) {
        sum += (kernels[channel * 3 + colour] ?? 0) * (picture[place * 3 + colour] ?? 0)
      }
      const swish = (sum * Math.min(Math.max(sum + 3, 0), 6)) / 6
      const bounded = Math.max(swish - (offset[channel] ?? 0), least)
      const sloped = bounded < 0 ? bounded * (slope[channel] ?? 0) : bounded
      sums[channel] = (sums[channel] ?? 0) + (sloped - sum) ** 2 / (side * side)
    }
  }
  const norm = Math.hypot(...sums)
  return sums.map((sum) => sum / norm)
}

describe('tfliteAsOnnx', () => {
  it('computes what TensorFlow Lite does, for each of several photos', async () => {
    expect(takesFloats(readTflite(encoder))).toBe(true)
    const pictures = [1, 2].map((seed) => Float32Array.from(seeded(seed).normals(side * side * 3)))
    const session = await running(tfliteAsOnnx(encoder))
    const data = Float32Array.from(pictures.flatMap((picture) => [...picture]))
    const outputs = await session.run({ picture: { data, dims: [2, side, side, 3] } })
    await session.dispose()
    const [output] = outputs.values()
    expect(output?.dims).toEqual([2, channels])
    pictures.flatMap(expectedOf).forEach((value, i) => {
      expect(output?.data[i]).toBeCloseTo(value, 5)
    })
  })

  it('lays vectors out as maps and back in TensorFlow’s order', async () => {
    const shape = { shape: [4], type: 2, data: bytesOf(Int32Array.of(1, 1, 3, 9)) }
    // RESHAPE of the picture to 1 x 3 places of 9 channels, and to a vector.
    const reshaped = tfliteFile(
      side,
      [shape],
      [
        { code: 22, inputs: [0, 1], shape: [1, 1, 3, 9] },
        { code: 22, inputs: [2], shape: [1, 27] },
      ],
    )
    const data = Float32Array.from({ length: 27 }, (_, i) => i)
    const session = await running(tfliteAsOnnx(reshaped))
    const [output] = (await session.run({ picture: { data, dims: [1, side, side, 3] } })).values()
    await session.dispose()
    expect([...(output?.data ?? [])]).toEqual([...data])
  })

  it('lets a vector meet every place, convolves in groups, and takes the softmax of channels', async () => {
    const places = { shape: [2], type: 2, data: bytesOf(Int32Array.of(1, 2)) }
    const picture = [1, side, side, 3]
    // MEAN over places, MUL of it and the map; CONV_2D in three groups; SOFTMAX.
    const scaled = tfliteFile(
      side,
      [places, floats(Float32Array.of(2, 3, 4), [3, 1, 1, 1])],
      [
        { code: 40, inputs: [0, 1], shape: [1, 3] },
        { code: 18, inputs: [0, 3], shape: picture },
        {
          code: 3,
          inputs: [4, 2, -1],
          shape: picture,
          options: { 1: { int: 1 }, 2: { int: 1 } },
        },
        { code: 25, inputs: [5], shape: picture },
      ],
    )
    const data = Float32Array.from({ length: 27 }, (_, i) => (i % 7) / 7)
    const session = await running(tfliteAsOnnx(scaled))
    const [output] = (await session.run({ picture: { data, dims: picture } })).values()
    await session.dispose()
    const colours = [0, 1, 2]
    const means = colours.map((colour) =>
      data.reduce((sum, value, i) => sum + (i % 3 === colour ? value / 9 : 0), 0),
    )
    for (let place = 0; place < side * side; place++) {
      const powers = colours.map((colour) =>
        Math.exp((means[colour] ?? 0) * (data[place * 3 + colour] ?? 0) * (2 + colour)),
      )
      const sum = powers.reduce((a, b) => a + b)
      // Maps come out channel-first.
      colours.forEach((colour) => {
        expect(output?.data[colour * side * side + place]).toBeCloseTo(
          (powers[colour] ?? 0) / sum,
          5,
        )
      })
    }
  })

  const pictureShape = [1, side, side, 3]
  const values = Float32Array.from({ length: 27 }, (_, i) => ((i * 5) % 13) / 4 - 1.5)
  const positive = values.map((value) => Math.abs(value) + 0.1)

  /** The one step's output, channel-first. */
  async function made(
    constants: Parameters<typeof tfliteFile>[1],
    step: Parameters<typeof tfliteFile>[2][number],
    data = values,
  ): Promise<readonly number[]> {
    const session = await running(tfliteAsOnnx(tfliteFile(side, constants, [step])))
    const [output] = (await session.run({ picture: { data, dims: pictureShape } })).values()
    await session.dispose()
    return [...(output?.data ?? [])]
  }

  const channelFirst = (data: ArrayLike<number>): number[] =>
    [0, 1, 2].flatMap((colour) => Array.from(data).filter((_, i) => i % 3 === colour))

  const close = (got: readonly number[], expected: readonly number[]): void => {
    expect(got).toHaveLength(expected.length)
    expected.forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 5)
    })
  }

  it.each<[string, number, (x: number) => number, { float: number }?]>([
    ['RELU_N1_TO_1', 20, (x) => Math.min(Math.max(x, -1), 1)],
    ['TANH', 28, Math.tanh],
    ['EXP', 47, Math.exp],
    ['NEG', 59, (x) => -x],
    ['SQRT', 75, Math.sqrt],
    ['RSQRT', 76, (x) => 1 / Math.sqrt(x)],
    ['SQUARE', 92, (x) => x * x],
    ['LEAKY_RELU', 98, (x) => (x < 0 ? 0.3 * x : x), { float: 0.3 }],
    ['ABS', 101, Math.abs],
    ['ELU', 111, (x) => (x < 0 ? Math.exp(x) - 1 : x)],
  ])('knows %s', async (name, code, of, option) => {
    const data = name.endsWith('SQRT') ? positive : values
    const options = option === undefined ? {} : { options: { 0: option } }
    const step = { code, inputs: [0], shape: pictureShape, ...options }
    close(await made([], step, data), channelFirst(data.map(of)))
  })

  it.each<[string, number, (x: number, y: number) => number]>([
    ['ADD', 0, (x, y) => x + y],
    ['MUL', 18, (x, y) => x * y],
    ['DIV', 42, (x, y) => x / y],
    ['MINIMUM', 57, Math.min],
    ['POW', 78, (x, y) => x ** y],
  ])('knows %s of a number for each channel', async (_, code, of) => {
    const perChannel = Float32Array.of(0.5, 2, 1.5)
    const step = { code, inputs: [0, 1], shape: pictureShape }
    const expected = positive.map((value, i) => of(value, perChannel[i % 3] ?? 0))
    close(await made([floats(perChannel, [3])], step, positive), channelFirst(expected))
  })

  it.each<[string, number, (all: number[]) => number]>([
    ['SUM', 74, (all) => all.reduce((a, b) => a + b)],
    ['REDUCE_MAX', 82, (all) => Math.max(...all)],
  ])('knows %s over places', async (_, code, of) => {
    const places = { shape: [2], type: 2, data: bytesOf(Int32Array.of(1, 2)) }
    const colours = [0, 1, 2].map((colour) => [...values].filter((__, i) => i % 3 === colour))
    close(await made([places], { code, inputs: [0, 1], shape: [1, 3] }), colours.map(of))
  })

  it('knows PADV2 with its own number', async () => {
    const paddings = {
      shape: [4, 2],
      type: 2,
      data: bytesOf(Int32Array.of(0, 0, 1, 0, 0, 0, 0, 0)),
    }
    const got = await made([paddings, floats(Float32Array.of(7), [])], {
      code: 60,
      inputs: [0, 1, 2],
      shape: [1, side + 1, side, 3],
    })
    const row = Array.from({ length: side }, () => 7)
    const maps = [0, 1, 2].map((colour) => [...values].filter((_, i) => i % 3 === colour))
    close(
      got,
      maps.flatMap((map) => [...row, ...map]),
    )
  })

  it('names an operator that it cannot convert', () => {
    const split = tfliteFile(side, [], [{ code: 49, inputs: [0], shape: map }])
    expect(() => tfliteAsOnnx(split)).toThrow('SPLIT (code 49)')
  })
})
