import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { compareModel } from '../testing/finite-differences.ts'
import { running } from '../testing/run-model.ts'
import { seeded } from '../testing/seeded.ts'
import { channelMean, direction, neuron, oneHotLogit, repeated } from './cotangents.ts'
import { GradientError } from './gradient-error.ts'
import { gradientGraph } from './gradient-graph.ts'

const random = seeded(71)

/** x -> conv -> three branches that meet again, one of them the conv's own value -> pool -> scores. */
function branching(): Model {
  const graph = new GraphBuilder('branching')
  graph.input('x', dataType.float, ['N', 2, 6, 6])
  const weights = (name: string, ...dims: readonly number[]) =>
    graph.floats(name, [...random.normals(dims.reduce((a, b) => a * b, 1))], dims)
  const stem = graph.node('Conv', ['x', weights('w0', 4, 2, 3, 3)], 'stem', { pads: [1, 1, 1, 1] })
  const left = graph.node('Sigmoid', [stem], 'left')
  const right = graph.node('Conv', [stem, weights('w1', 4, 4, 1, 1)], 'right')
  const gate = graph.node('GlobalAveragePool', [stem], 'gate')
  const gated = graph.node('Mul', [right, gate], 'gated')
  const sum = graph.node('Add', [gated, stem], 'sum')
  const joined = graph.node('Concat', [left, sum], 'joined', { axis: 1 })
  const pooled = graph.node('GlobalAveragePool', [joined], 'pooled')
  const flat = graph.node('Flatten', [pooled], 'flat', { axis: 1 })
  const logits = graph.node('Gemm', [flat, weights('w2', 3, 8)], 'logits', { transB: 1 })
  graph.output(graph.node('Softmax', [logits], 'probabilities', { axis: 1 }), 1, ['N', 3])
  return graph.build()
}

/** AlexNet in small, written as operator set 8 has it: groups, normalisation, overlapping pools. */
function smallAlexNet(): Model {
  const graph = new GraphBuilder('small')
  const weights = (...dims: readonly number[]) =>
    graph.floats('w', [...random.normals(dims.reduce((a, b) => a * b, 1))], dims)
  let value = graph.input('x', dataType.float, ['N', 3, 19, 19])
  const convolve = (group: number, dims: readonly number[], strides: number) => {
    const attributes = { group, strides: [strides, strides], pads: [1, 1, 1, 1] }
    value = graph.node('Conv', [value, weights(...dims)], 'conv', attributes)
    value = graph.node('Tanh', [value], 'active')
  }
  const normalise = () => {
    const attributes = { size: 3, alpha: { float: 0.3 }, beta: { float: 0.75 } }
    value = graph.node('LRN', [value], 'norm', attributes)
    value = graph.node('MaxPool', [value], 'pool', { kernel_shape: [3, 3], strides: [2, 2] })
  }
  convolve(1, [4, 3, 3, 3], 2)
  normalise()
  convolve(2, [6, 2, 3, 3], 1)
  normalise()
  value = graph.node('Reshape', [value, graph.int64s('flat', [0, -1])], 'flat')
  value = graph.node('Gemm', [value, weights(5, 6), weights(5)], 'fc', { transB: 1 })
  value = graph.node('Dropout', [value], 'dropped', { ratio: { float: 0.5 } })
  value = graph.node('Clip', [value], 'clipped', { min: { float: -100 }, max: { float: 100 } })
  graph.output(graph.node('Softmax', [value], 'prob'), dataType.float, ['N', 5])
  const model = graph.build()
  model.opsets = [{ domain: '', version: 8 }]
  return model
}

const picture = () => ({ data: random.normals(2 * 72), dims: [2, 2, 6, 6] })

/** Largest distance between elements; infinite when one list is shorter. */
const farthest = (a: ArrayLike<number> = [], b: ArrayLike<number> = []): number =>
  a.length !== b.length || a.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? 0))))

describe('a gradient graph', () => {
  it('adds up what the consumers of a value send back', async () => {
    const model = branching()
    for (const output of ['probabilities', 'logits', 'joined']) {
      if (output !== 'probabilities') model.graph?.outputs.push({ name: output })
      const { relativeError } = await compareModel(model, { x: picture() }, output, 0.03)
      expect(relativeError, output).toBeLessThan(1e-3)
    }
  })

  it('of AlexNet in small, from an old file, equals differences', async () => {
    const x = { data: random.normals(3 * 19 * 19), dims: [1, 3, 19, 19] }
    const { relativeError } = await compareModel(smallAlexNet(), { x }, 'prob', 0.01)
    // Rounding through eleven layers: 3.4e-3 with a step of 0.003, 1.06e-3 with 0.01.
    expect(relativeError).toBeLessThan(2e-3)
  })

  it('serves the input and layers at once, from one backward pass', async () => {
    const model = branching()
    const all = gradientGraph(model, { of: 'logits', withRespectTo: ['x', 'stem', 'sum'] })
    const session = await running(all.model)
    const feeds = { x: picture(), cotangent: repeated(oneHotLogit([3], 1), 2) }
    const outputs = await session.run(feeds)
    expect(outputs.get('gradient:stem')?.dims).toEqual([2, 4, 6, 6])
    for (const value of ['x', 'stem', 'sum']) {
      const alone = gradientGraph(model, { of: 'logits', withRespectTo: [value] })
      const other = await running(alone.model)
      const single = await other.run(feeds)
      expect(single.get(`gradient:${value}`)).toEqual(outputs.get(`gradient:${value}`))
      await other.dispose()
    }
    await session.dispose()
  })

  it('keeps the images of a batch apart', async () => {
    const { model } = gradientGraph(branching(), { of: 'logits', withRespectTo: ['x'] })
    const session = await running(model)
    const both = picture()
    const targets = [oneHotLogit([3], 0), oneHotLogit([3], 2)]
    const cotangent = { data: Float32Array.of(1, 0, 0, 0, 0, 1), dims: [2, 3] }
    const together = (await session.run({ x: both, cotangent })).get('gradient:x')?.data
    for (const [i, target] of targets.entries()) {
      const x = { data: both.data.slice(i * 72, i * 72 + 72), dims: [1, 2, 6, 6] }
      const alone = (await session.run({ x, cotangent: target })).get('gradient:x')?.data
      const part = together?.slice(i * 72, i * 72 + 72)
      expect(farthest(alone, part)).toBeLessThan(1e-6)
    }
    await session.dispose()
  })

  it('drops what neither the value nor its gradients need', () => {
    const { model } = gradientGraph(branching(), { of: 'right', withRespectTo: ['stem'] })
    const ops = model.graph?.nodes.map(({ opType }) => opType)
    expect(ops).not.toContain('Sigmoid')
    expect(ops).not.toContain('Softmax')
    expect(model.graph?.outputs.map(({ name }) => name)).toEqual(['right', 'gradient:stem'])
  })

  it('leaves the model that it was given as it was', () => {
    const model = branching()
    const before = structuredClone(model)
    gradientGraph(model, { of: 'probabilities', withRespectTo: ['x'] })
    expect(model).toEqual(before)
  })

  it('gives the forward value unchanged', async () => {
    const model = branching()
    const forward = await running(model)
    const backward = await running(
      gradientGraph(model, { of: 'probabilities', withRespectTo: ['x'] }).model,
    )
    const x = picture()
    const cotangent = { data: new Float32Array(6), dims: [2, 3] }
    const expected = (await forward.run({ x })).get('probabilities')?.data ?? []
    const found = (await backward.run({ x, cotangent })).get('probabilities')?.data
    expect(farthest(expected, found)).toBeLessThan(1e-6)
    await forward.dispose()
    await backward.dispose()
  })
})

describe('what a gradient graph refuses', () => {
  const problem = (model: Model, of: string, withRespectTo: string): GradientError => {
    try {
      gradientGraph(model, { of, withRespectTo: [withRespectTo] })
    } catch (error) {
      if (error instanceof GradientError) return error
      throw error
    }
    throw new Error('Expected a refusal')
  }

  const withTopK = (): Model => {
    const graph = new GraphBuilder('rounded')
    graph.input('x', dataType.float, ['N', 4])
    const before = graph.node('Relu', ['x'], 'before')
    const rounded = graph.node('Round', [before], 'rounded')
    graph.output(graph.node('Relu', [rounded], 'y'), dataType.float, ['N', 4])
    return graph.build()
  }

  it('names the operator and the node that it cannot differentiate', () => {
    const error = problem(withTopK(), 'y', 'x')
    expect(error).toMatchObject({ problem: 'unsupported-op', op: 'Round', node: 'Round:rounded' })
    expect(error.message).toContain('Round')
  })

  it('does not mind that operator off the path', () => {
    const { gradients } = gradientGraph(withTopK(), { of: 'y', withRespectTo: ['rounded'] })
    expect([...gradients]).toEqual([['rounded', 'gradient:rounded']])
  })

  it('names values that are not there or play no part', () => {
    expect(problem(branching(), 'nothing', 'x').problem).toBe('unknown-value')
    expect(problem(branching(), 'logits', 'nothing').problem).toBe('unknown-value')
    expect(problem(branching(), 'right', 'left').problem).toBe('independent')
  })

  it('refuses gradients of weights that it has no rule for', () => {
    expect(problem(branching(), 'stem', 'w0')).toMatchObject({
      problem: 'unsupported-op',
      op: 'Conv',
    })
  })
})

describe('cotangents', () => {
  it('stand for a class, a channel, a neuron and a direction', () => {
    expect([...oneHotLogit([3], 1).data]).toEqual([0, 1, 0])
    expect(oneHotLogit([3, 1, 1], 1).dims).toEqual([1, 3, 1, 1])
    expect([...channelMean([2, 1, 2], 1).data]).toEqual([0, 0, 0.5, 0.5])
    expect([...neuron([2, 2, 2], 1, 0, 1).data]).toEqual([0, 0, 0, 0, 0, 1, 0, 0])
    expect([...direction([2, 1, 2], [2, -4]).data]).toEqual([1, 1, -2, -2])
    expect(repeated(oneHotLogit([2], 0), 2)).toEqual({
      data: Float32Array.of(1, 0, 1, 0),
      dims: [2, 2],
    })
  })

  it('refuse what lies outside the layer', () => {
    expect(() => oneHotLogit([3], 3)).toThrow('a channel below 3')
    expect(() => neuron([2, 2, 2], 0, 2, 0)).toThrow('inside 2 x 2')
    expect(() => direction([2, 1, 1], [1])).toThrow('2 weights')
  })
})
