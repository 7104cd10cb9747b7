// Compares gradient graphs with differences of the forward pass; for tests.
import { gradientGraph } from '../gradient/gradient-graph.ts'
import { graphOf } from '../graph.ts'
import type { Model } from '../model.ts'
import { inferShapes } from '../shapes/infer-shapes.ts'
import { type NodeUnderTest, nodeUnderTest } from './node-under-test.ts'
import { type FloatTensor, type RunningModel, running } from './run-model.ts'
import { seeded } from './seeded.ts'

export interface Comparison {
  /** ‖gradient - differences‖ / ‖differences‖ over all elements of all inputs. */
  readonly relativeError: number
  /** Shape that was inferred for the output, and the one that onnxruntime gave it. */
  readonly inferred: readonly unknown[] | undefined
  readonly actual: readonly number[]
}

/**
 * Five-point central differences, element by element: the truncation is of fourth order, so that a
 * step can be wide enough to drown float32's rounding.
 */
export async function compareNode(spec: NodeUnderTest, stepSize = 0.01): Promise<Comparison> {
  const { model, feeds, output } = nodeUnderTest(spec)
  return await compareModel(model, feeds, output, stepSize)
}

export async function compareModel(
  model: Model,
  feeds: Readonly<Record<string, FloatTensor>>,
  output: string,
  stepSize = 0.01,
): Promise<Comparison> {
  const forward = await running(model)
  const backward = gradientGraph(model, { of: output, withRespectTo: Object.keys(feeds) })
  const gradients = await running(backward.model)
  try {
    const actual = (await forward.run(feeds)).get(output)?.dims ?? []
    const count = actual.reduce((a, b) => a * b, 1)
    const cotangent = { data: seeded(99).normals(count), dims: actual }
    const outputs = await gradients.run({ ...feeds, [backward.cotangent]: cotangent })
    let error = 0
    let size = 0
    for (const name of Object.keys(feeds)) {
      const found = outputs.get(backward.gradients.get(name) ?? '')
      const expected = await differences(forward, feeds, name, output, cotangent.data, stepSize)
      if (found?.data.length !== expected.length) throw new Error(`Expected a gradient of ${name}`)
      expected.forEach((value, i) => {
        error += ((found.data[i] ?? Number.NaN) - value) ** 2
        size += value ** 2
      })
    }
    const inferred = inferShapes({ ...model, graph: { ...graphOf(model), outputs: [] } })
    return {
      relativeError: Math.sqrt(error / size),
      inferred: inferred.get(output)?.shape,
      actual,
    }
  } finally {
    await forward.dispose()
    await gradients.dispose()
  }
}

async function differences(
  forward: RunningModel,
  feeds: Readonly<Record<string, FloatTensor>>,
  name: string,
  output: string,
  cotangent: Float32Array,
  stepSize: number,
): Promise<Float64Array> {
  const input = feeds[name]
  if (input === undefined) throw new RangeError(`Expected a feed for ${name}`)
  const data = Float32Array.from(input.data)
  const at = async (position: number, value: number): Promise<number> => {
    const before = data[position] ?? 0
    data[position] = value
    const outputs = await forward.run({ ...feeds, [name]: { data, dims: input.dims } })
    data[position] = before
    return dot(outputs.get(output)?.data ?? [], cotangent)
  }
  const result = new Float64Array(data.length)
  for (let i = 0; i < data.length; i++) {
    const x = data[i] ?? 0
    const near = (await at(i, x + stepSize)) - (await at(i, x - stepSize))
    const far = (await at(i, x + 2 * stepSize)) - (await at(i, x - 2 * stepSize))
    result[i] = (8 * near - far) / (12 * stepSize)
  }
  return result
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

export const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
