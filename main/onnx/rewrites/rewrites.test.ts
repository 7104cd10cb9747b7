import { describe, expect, it } from 'vitest'
import { GraphError, graphOf } from '../graph.ts'
import { GraphBuilder } from '../graph-builder.ts'
import { listLayers } from '../layers/list-layers.ts'
import { dataType, type Model } from '../model.ts'
import { running } from '../testing/run-model.ts'
import { seeded } from '../testing/seeded.ts'
import { defaultModelPath, loadModel, missing, squeezeNetPath } from '../testing/shared-models.ts'
import { beforeActivation } from './before-activation.ts'
import { cutAt } from './cut.ts'
import { makeBatchDynamic } from './dynamic-batch.ts'
import { addPixelInput } from './pixel-input.ts'
import { prune } from './prune.ts'
import { renameValues } from './rename-values.ts'
import { addTaps } from './taps.ts'

const random = seeded(81)
const noSqueezeNet = missing('rewrites.test.ts', squeezeNetPath)
const noDefault = missing('rewrites.test.ts', defaultModelPath)

/** A fixed batch of 1 that is written into a reshape too, as many exporters do. */
function fixedBatch(target: readonly number[] = [1, 12]): Model {
  const graph = new GraphBuilder('fixed')
  graph.input('data', dataType.float, [1, 3, 2, 2])
  const active = graph.node('Relu', ['data'], 'active')
  const flat = graph.node('Reshape', [active, graph.int64s('target', target)], 'flat')
  const weights = graph.floats('w', [...random.normals(24)], [2, 12])
  const logits = graph.node('Gemm', [flat, weights], 'logits', { transB: 1 })
  graph.node('Sigmoid', [active], 'unused')
  graph.output(logits, dataType.float, [1, 2])
  return graph.build()
}

const names = (infos: readonly { name: string }[] | undefined) => infos?.map(({ name }) => name)

describe('a free batch', () => {
  it('gives each image of a batch what it gets alone', async () => {
    const fixed = await running(fixedBatch())
    const model = fixedBatch()
    const weights = model.graph?.initializers.find(({ name }) => name === 'w')
    const free = await running(makeBatchDynamic(model))
    const data = random.normals(36)
    const together = await free.run({ data: { data, dims: [3, 3, 2, 2] } })
    expect(together.get('logits')?.dims).toEqual([3, 2])
    const alone = await free.run({ data: { data: data.slice(12, 24), dims: [1, 3, 2, 2] } })
    expect(together.get('logits')?.data.slice(2, 4)).toEqual(alone.get('logits')?.data)
    expect(weights?.dims).toEqual([2, 12])
    await fixed.dispose()
    await free.dispose()
  })

  it('is left alone where it is free already', () => {
    const free = makeBatchDynamic(fixedBatch())
    expect(makeBatchDynamic(free)).toBe(free)
  })

  it('is refused where the graph mixes the batch with other axes', () => {
    const graph = new GraphBuilder('mixed')
    graph.input('data', dataType.float, [1, 3, 2, 2])
    const mixed = graph.node('Reshape', ['data', graph.int64s('t', [1, 3, 4])], 'mixed')
    const summed = graph.node('ReduceMean', [mixed], 'summed', { axes: [0], keepdims: 1 })
    graph.output(summed, dataType.float, [1, 3, 4])
    expect(() => makeBatchDynamic(graph.build())).toThrow(GraphError)
  })
})

describe('pruning and cutting', () => {
  it('drops nodes, constants and inputs that no output needs', () => {
    const pruned = prune(fixedBatch())
    expect(pruned.graph?.nodes.map(({ opType }) => opType)).toEqual(['Relu', 'Reshape', 'Gemm'])
    const cut = cutAt(fixedBatch(), { inputs: ['flat'] })
    expect(names(cut.graph?.inputs)).toEqual(['flat'])
    expect(names(cut.graph?.initializers)).toEqual(['w'])
    expect(names(cut.graph?.outputs)).toEqual(['logits'])
  })

  it('gives, from a layer on, what the whole graph gives', async () => {
    const model = fixedBatch()
    const whole = await running(addTaps(model, ['flat']))
    const outputs = await whole.run({ data: { data: random.normals(12), dims: [1, 3, 2, 2] } })
    const flat = outputs.get('flat')
    if (flat === undefined) throw new Error('Expected the tap')
    const rest = await running(cutAt(model, { inputs: ['flat'], outputs: ['logits'] }))
    expect((await rest.run({ flat })).get('logits')).toEqual(outputs.get('logits'))
    await whole.dispose()
    await rest.dispose()
  })

  it('names a value that it cannot find', () => {
    expect(() => cutAt(fixedBatch(), { inputs: ['nowhere'] })).toThrow('nowhere')
    expect(() => addTaps(fixedBatch(), ['nowhere'])).toThrow('nowhere')
  })
})

describe('taps', () => {
  it('declare the type and shape of their value', () => {
    const tapped = addTaps(makeBatchDynamic(fixedBatch()), ['active', 'logits'])
    expect(names(tapped.graph?.outputs)).toEqual(['logits', 'active'])
    const dims = tapped.graph?.outputs[1]?.type?.tensor?.shape?.dims
    expect(dims?.map(({ value, param }) => param || value)).toEqual(['N', 3, 2, 2])
  })

  for (const [path, absent, side] of [
    [squeezeNetPath, noSqueezeNet, 227],
    [defaultModelPath, noDefault, 299],
  ] as const) {
    it.skipIf(absent)('of all layers at once equal each layer as the only output', async () => {
      const loaded = await loadModel(path)
      const start = listLayers(loaded).input === 'pixels' ? 'input' : 'data'
      const model = cutAt(loaded, { inputs: [start] })
      const { layers } = listLayers(model)
      const values = layers.map(({ value }) => value)
      const x = { data: random.normals(3 * side * side), dims: [1, 3, side, side] }
      const session = await running(addTaps(model, values))
      const outputs = await session.run({ [start]: x })
      await session.dispose()
      let largest = 0
      for (const value of [values[0], values[4], values[9], values.at(-3), values.at(-1)]) {
        if (value === undefined) continue
        // The unmodified graph, ended at this layer: nothing else is asked of it.
        const alone = await running(cutAt(model, { inputs: [start], outputs: [value] }))
        const expected = (await alone.run({ [start]: x })).get(value)
        await alone.dispose()
        const found = outputs.get(value)
        expect(found?.dims).toEqual(expected?.dims)
        expected?.data.forEach((number, i) => {
          largest = Math.max(largest, Math.abs(number - (found?.data[i] ?? Number.NaN)))
        })
      }
      process.stderr.write(`${values.length} taps: largest difference ${largest}\n`)
      expect(largest).toBe(0)
    })
  }
})

describe('the pixel input', () => {
  it('preprocesses as described, colours in either order', async () => {
    const graph = new GraphBuilder('identity')
    graph.input('data', dataType.float, ['N', 3, 1, 2])
    graph.output(graph.node('Identity', ['data'], 'y'), dataType.float, ['N', 3, 1, 2])
    const mean = [10, 20, 30] as const
    const deviation = [1, 2, 4] as const
    const model = addPixelInput(graph.build(), { channelOrder: 'bgr', mean, deviation })
    expect(names(graphOf(model).inputs)).toEqual(['pixels'])
    const session = await running(addTaps(model, ['data']))
    const pixels = { data: Uint8Array.of(1, 2, 3, 250, 251, 252), dims: [1, 1, 2, 3] }
    const outputs = await session.run({ pixels })
    const blueFirst = [3 - 10, 252 - 10, (2 - 20) / 2, (251 - 20) / 2, (1 - 30) / 4, (250 - 30) / 4]
    expect([...(outputs.get('y')?.data ?? [])]).toEqual(blueFirst)
    expect(outputs.get('data')?.data).toEqual(outputs.get('y')?.data)
    await session.dispose()
  })

  it('keeps colours last, and gives bytes and half floats where the network takes those', async () => {
    const preprocessing = { channelOrder: 'bgr', mean: [1, 2, 3], deviation: [1, 2, 4] } as const
    const pixels = { data: Uint8Array.of(1, 2, 3, 250, 251, 252), dims: [1, 1, 2, 3] }
    const fed = async (elemType: number, dims: readonly (number | string)[]) => {
      const graph = new GraphBuilder('identity')
      graph.input('x', elemType, dims)
      graph.output(graph.node('Cast', ['x'], 'y', { to: dataType.float }), dataType.float, dims)
      const session = await running(addPixelInput(graph.build(), preprocessing))
      const y = (await session.run({ pixels })).get('y')
      await session.dispose()
      return [...(y?.data ?? [])]
    }
    const scaled = [3 - 1, (2 - 2) / 2, (1 - 3) / 4, 252 - 1, (251 - 2) / 2, (250 - 3) / 4]
    expect(await fed(dataType.float, ['N', 1, 2, 3])).toEqual(scaled)
    expect(await fed(dataType.float16, ['N', 1, 2, 3])).toEqual(scaled)
    expect(await fed(dataType.uint8, ['N', 1, 2, 3])).toEqual([3, 2, 1, 252, 251, 250])
    expect(await fed(dataType.uint8, ['N', 3, 1, 2])).toEqual([3, 252, 2, 251, 1, 250])
  })

  it('is refused where there is no image input', () => {
    const graph = new GraphBuilder('vector')
    graph.input('data', dataType.float, ['N', 3])
    graph.output(graph.node('Identity', ['data'], 'y'), dataType.float, ['N', 3])
    const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], deviation: [1, 1, 1] } as const
    expect(() => addPixelInput(graph.build(), preprocessing)).toThrow('image input')
  })
})

describe('a value before its activation', () => {
  it('lacks the ReLUs that end it, through a concatenation, and no other', async () => {
    const graph = new GraphBuilder('fire')
    graph.input('x', dataType.float, ['N', 2])
    const squeezed = graph.node('Relu', [graph.node('Neg', ['x'], 'negated')], 'squeezed')
    const halves = ['left', 'right'].map((name) => {
      const scaled = graph.node('Mul', [squeezed, graph.floats(`${name}_w`, [-2])], `${name}_raw`)
      return graph.node('Relu', [scaled], name)
    })
    graph.output(graph.node('Concat', halves, 'fire', { axis: 1 }), dataType.float, ['N', 4])
    const x = { data: Float32Array.of(1, -3), dims: [1, 2] }
    const of = async (model: Model) => {
      const session = await running(model)
      const fire = (await session.run({ x })).get('fire')?.data
      await session.dispose()
      // No -0.
      return Array.from(fire ?? [], (value) => value + 0)
    }
    expect(await of(graph.build())).toEqual([0, 0, 0, 0])
    expect(await of(beforeActivation(graph.build(), 'fire'))).toEqual([0, -6, 0, -6])
    expect(await of(beforeActivation(graph.build(), 'x'))).toEqual([0, 0, 0, 0])
  })
})

describe('renamed values', () => {
  it('are the same values under other names, wherever they stand', async () => {
    const graph = new GraphBuilder('names')
    graph.input('pixels', dataType.float, ['N', 2])
    const logits = graph.node('Mul', ['pixels', graph.floats('two', [2])], 'logits')
    graph.output(graph.node('Relu', [logits], 'y'), dataType.float, ['N', 2])
    const other = new Map([
      ['pixels', 'a'],
      ['logits', 'b'],
      ['two', 'c'],
      ['y', 'd'],
    ])
    const model = renameValues(graph.build(), other)
    const session = await running(model)
    const outputs = await session.run({ a: { data: Float32Array.of(-1, 3), dims: [1, 2] } })
    expect([...(outputs.get('d')?.data ?? [])]).toEqual([0, 6])
    await session.dispose()
  })
})

describe('reduced axes', () => {
  it('are an attribute in older operator sets and an input in newer ones', async () => {
    for (const version of [17, 20]) {
      const base = { ...new GraphBuilder('reduce').build(), opsets: [{ domain: '', version }] }
      const graph = new GraphBuilder({ ...base, irVersion: 9 })
      graph.input('x', dataType.float, ['N', 2, 2])
      graph.output(graph.reduce('ReduceMax', 'x', [1, 2], 'most'), dataType.float, ['N'])
      graph.output(graph.reduce('ReduceL2', 'x', [2], 'norm', 1), dataType.float, ['N', 2, 1])
      const session = await running(graph.build())
      const x = { data: Float32Array.of(3, 4, 0, -5), dims: [1, 2, 2] }
      const outputs = await session.run({ x })
      expect([...(outputs.get('most')?.data ?? [])]).toEqual([4])
      expect(outputs.get('norm')).toEqual({ data: Float32Array.of(5, 5), dims: [1, 2, 1] })
      await session.dispose()
    }
  })
})
