import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { decodeModel, encodeModel } from './codec.ts'
import { GraphError, graphOf } from './graph.ts'
import { GraphBuilder } from './graph-builder.ts'
import { listLayers } from './layers/list-layers.ts'
import { dataType, type Tensor } from './model.ts'
import { ModelFormatError } from './model-format-error.ts'
import { prune } from './rewrites/prune.ts'
import { inferShapes } from './shapes/infer-shapes.ts'
import { numbersOf } from './tensor-data.ts'
import { badModelsFolder, missing, squeezeNetPath } from './testing/shared-models.ts'

/** A model whose graph holds one initializer, written field by field. */
function withTensor(fields: (tensor: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter()
  writer.tag(7, WireType.LengthDelimited).fork().tag(5, WireType.LengthDelimited).fork()
  fields(writer)
  return writer.join().join().finish()
}

function tensorOf(type: number, dims: readonly number[], data: (w: BinaryWriter) => void): Tensor {
  const bytes = withTensor((writer) => {
    for (const dim of dims) writer.tag(1, WireType.Varint).int64(dim)
    data(writer.tag(2, WireType.Varint).int32(type))
    writer.tag(8, WireType.LengthDelimited).string('w')
  })
  const decoded = decodeModel(bytes)
  // What was read is written in one form, and read again to the same.
  expect(decodeModel(encodeModel(decoded))).toEqual(decoded)
  const [tensor] = graphOf(decoded).initializers
  if (tensor === undefined) throw new Error('Expected a tensor')
  return tensor
}

function packed(writer: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  write(writer)
  writer.join()
}

describe('constants of other exporters', () => {
  it('hold floats and doubles, packed or one by one', () => {
    const floats = tensorOf(dataType.float, [3], (w) =>
      packed(w, 4, (p) => p.float(1.5).float(-2).float(0)),
    )
    expect([...numbersOf(floats)]).toEqual([1.5, -2, 0])
    const single = tensorOf(dataType.float, [2], (w) => {
      w.tag(4, WireType.Bit32).float(1.5).tag(4, WireType.Bit32).float(2)
    })
    expect([...numbersOf(single)]).toEqual([1.5, 2])
    const doubles = tensorOf(dataType.double, [2], (w) =>
      packed(w, 10, (p) => p.double(Math.PI).double(-1)),
    )
    expect([...numbersOf(doubles)]).toEqual([Math.PI, -1])
  })

  it('hold integers of every width, packed or one by one', () => {
    const ints = (type: number, ...values: readonly number[]) =>
      numbersOf(
        tensorOf(type, [values.length], (w) =>
          packed(w, 5, (p) => {
            for (const value of values) p.int32(value)
          }),
        ),
      )
    expect([...ints(dataType.int32, 1, -2, 2 ** 31 - 1)]).toEqual([1, -2, 2 ** 31 - 1])
    expect([...ints(dataType.int8, 127, -128)]).toEqual([127, -128])
    expect([...ints(dataType.uint8, 0, 255)]).toEqual([0, 255])
    expect([...ints(dataType.int16, -3)]).toEqual([-3])
    expect([...ints(dataType.bool, 1, 0)]).toEqual([1, 0])
    expect([...ints(dataType.float16, 0x3c00, 0xc000)]).toEqual([1, -2])
    const longs = tensorOf(dataType.int64, [2], (w) => packed(w, 7, (p) => p.int64(-1).int64(5)))
    expect([...numbersOf(longs)]).toEqual([-1, 5])
    const unsigned = tensorOf(dataType.uint64, [1], (w) => packed(w, 11, (p) => p.uint64(2 ** 40)))
    expect([...numbersOf(unsigned)]).toEqual([2 ** 40])
    const words = tensorOf(dataType.uint32, [1], (w) => w.tag(11, WireType.Varint).uint64(2 ** 31))
    expect([...numbersOf(words)]).toEqual([2 ** 31])
  })

  it('hold texts', () => {
    const texts = tensorOf(dataType.string, [2], (w) => {
      for (const text of ['cat', 'dog']) w.tag(6, WireType.LengthDelimited).string(text)
    })
    expect(texts.strings?.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['cat', 'dog'])
  })

  it('are refused by name where their numbers lie elsewhere or are too few', () => {
    const external = withTensor((w) => {
      w.tag(1, WireType.Varint).int64(4).tag(2, WireType.Varint).int32(1)
      w.tag(8, WireType.LengthDelimited).string('far_weights').tag(14, WireType.Varint).int32(1)
    })
    expect(() => decodeModel(external)).toThrow(ModelFormatError)
    expect(() => decodeModel(external)).toThrow('far_weights')
    for (const dim of [-1, 3, 2 ** 60]) {
      const short = withTensor((w) => {
        w.tag(1, WireType.Varint).int64(dim === 2 ** 60 ? 2n ** 60n : dim)
        w.tag(2, WireType.Varint).int32(1).tag(8, WireType.LengthDelimited).string('short')
        w.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(8))
      })
      expect(() => decodeModel(short)).toThrow('short')
    }
  })
})

describe('models of other exporters', () => {
  it('keep the largest integer that "to the end" is written as', () => {
    const graph = new GraphBuilder('end')
    graph.input('x', dataType.float, ['N', 2])
    const end = 2 ** 63
    graph.output(graph.node('Slice', ['x'], 'y', { starts: [0], ends: [end] }), 1, ['N', 2])
    const again = decodeModel(encodeModel(graph.build()))
    expect(graphOf(again).nodes[0]?.attributes[1]?.ints).toEqual([end])
    expect(decodeModel(encodeModel(again))).toEqual(again)
  })

  const absent = missing('foreign-models.test.ts', squeezeNetPath)
  it.skipIf(absent)('give the same results when they are read and written back', async () => {
    const bytes = await readFile(squeezeNetPath)
    const x = new ort.Tensor('float32', new Float32Array(3 * 227 * 227).fill(20), [1, 3, 227, 227])
    const results: unknown[] = []
    for (const file of [bytes, encodeModel(decodeModel(bytes))]) {
      const session = await ort.InferenceSession.create(file)
      results.push((await session.run({ data: x })).pool_final?.data)
      await session.release()
    }
    expect(results[1]).toEqual(results[0])
  })
})

describe('graphs inside nodes', () => {
  const nested = join(badModelsFolder, 'nest-20.onnx')
  const absent = missing('foreign-models.test.ts', nested)
  it.skipIf(absent)('are kept: twenty branches inside one another still load', async () => {
    const model = decodeModel(await readFile(nested))
    const inner = graphOf(model).nodes.find(({ opType }) => opType === 'If')
    expect(inner?.attributes.some(({ g }) => g !== undefined)).toBe(true)
    const session = await ort.InferenceSession.create(encodeModel(prune(model)))
    expect(session.outputNames).toEqual(graphOf(model).outputs.map(({ name }) => name))
    await session.release()
  })
})

describe('hostile models', () => {
  const absent = missing('foreign-models.test.ts', badModelsFolder)
  const behaviour: [name: string, outcome: string][] = []

  /** What reading, inferring shapes and listing layers come to; every refusal is an Error. */
  function outcome(bytes: Uint8Array): string {
    try {
      const model = decodeModel(bytes)
      const again = decodeModel(encodeModel(model))
      expect(again).toEqual(model)
      inferShapes(model)
      return `${listLayers(model).layers.length} layers`
    } catch (error) {
      if (error instanceof ModelFormatError || error instanceof GraphError) return error.message
      throw error
    }
  }

  it.skipIf(absent)(
    'are read or refused within time and memory, each by a known error',
    { timeout: 120_000 },
    async () => {
      const names = (await readdir(badModelsFolder)).filter((name) => name.endsWith('.onnx'))
      for (const name of names) {
        const bytes = await readFile(join(badModelsFolder, name))
        const before = process.memoryUsage().rss
        const start = performance.now()
        behaviour.push([name, outcome(bytes)])
        const ms = performance.now() - start
        const grownMb = (process.memoryUsage().rss - before) / 2 ** 20
        expect(ms, name).toBeLessThan(20_000)
        expect(grownMb, name).toBeLessThan(1500)
        if (ms > 200)
          process.stderr.write(`${name}: ${ms.toFixed(0)} ms, ${grownMb.toFixed(0)} MB\n`)
      }
      const found = new Map(behaviour)
      process.stderr.write(`${found.size} hostile models read or refused\n`)
      expect(found.get('ok-relu.onnx')).toBe('0 layers')
      for (const name of names.filter((file) => file.startsWith('ext-'))) {
        expect(found.get(name), name).toContain('in another file')
      }
      expect(found.get('cycle.onnx')).toContain('cycle')
      expect(found.get('dup-output.onnx')).toContain('several')
      expect(found.get('missing-input.onnx')).toContain('nope')
      expect(found.get('init-dims-huge.onnx')).toContain('received 16 bytes')
      expect(found.get('nest-2000.onnx')).toContain('32 graphs')
      for (const name of ['truncated.onnx', 'random.onnx', 'png.onnx', 'len-bomb.onnx']) {
        expect(found.get(name), name).toContain('Expected')
      }
    },
  )

  it('cannot make many objects of few bytes', () => {
    const empties = new Uint8Array(4_200_000)
    for (let i = 0; i < empties.length; i += 2) empties.set([0x0a, 0], i)
    const writer = new BinaryWriter()
    writer.tag(7, WireType.LengthDelimited).bytes(empties)
    expect(() => decodeModel(writer.finish())).toThrow('2000000 messages')
  })
})
