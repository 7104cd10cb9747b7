import { describe, expect, it } from 'vitest'
import { smallNetwork } from '../../models/testing/small-networks.ts'
import { graphOf } from '../graph.ts'
import { bytesOf, GraphBuilder } from '../graph-builder.ts'
import { dataType, type Model } from '../model.ts'
import { inHalves } from '../testing/in-halves.ts'
import { running } from '../testing/run-model.ts'
import { hasHalves, widenHalves } from './widen-halves.ts'

const dims = [1, 3, 32, 32]
const picture = {
  x: { dims, data: Float32Array.from({ length: 3072 }, (_, i) => (i % 255) - 128) },
}

async function answerOf(model: Model): Promise<readonly number[]> {
  const session = await running(model)
  const [first] = (await session.run(picture)).values()
  await session.dispose()
  return [...(first?.data ?? [])]
}

describe('widenHalves', () => {
  it('computes what the half floats say, in floats', async () => {
    const network = smallNetwork()
    const half = inHalves(network)
    expect(hasHalves(half)).toBe(true)
    const wide = widenHalves(half)
    expect(hasHalves(wide)).toBe(false)
    const [expected, got] = [await answerOf(network), await answerOf(wide)]
    got.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? 0, 2)
    })
    expect(got).not.toEqual(expected)
  })

  it('leaves the casts round a network of half floats without effect', async () => {
    const graph = new GraphBuilder('cast')
    const x = graph.input('x', dataType.float, dims)
    const narrow = graph.node('Cast', [x], 'narrow', { to: dataType.float16 })
    const third = graph.constant('third', dataType.float16, [], bytesOf(Uint16Array.of(0x3555)))
    const product = graph.node('Mul', [narrow, third], 'product')
    graph.output(graph.node('Cast', [product], 'y', { to: dataType.float }), dataType.float, dims)
    const wide = widenHalves(graph.build())
    expect(graphOf(wide).initializers[0]?.dataType).toBe(dataType.float)
    const got = await answerOf(wide)
    expect(got[1]).toBeCloseTo(-127 * 0.333251953125, 4)
  })

  it('leaves a network of floats as it is', () => {
    const network = smallNetwork()
    expect(widenHalves(network)).toBe(network)
  })
})
