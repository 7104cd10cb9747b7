import { describe, expect, it } from 'vitest'
import { compareNode } from '../../testing/finite-differences.ts'
import { seeded } from '../../testing/seeded.ts'

const tolerance = 1e-3

describe('the gradient of a normalisation', () => {
  it('of batch normalisation equals differences', async () => {
    const random = seeded(61)
    const channels = () => ({ data: random.normals(3), dims: [3] })
    for (const dims of [
      [2, 3, 4, 5],
      [2, 3],
    ]) {
      const data = random.normals(dims.reduce((a, b) => a * b, 1))
      const { relativeError } = await compareNode({
        op: 'BatchNormalization',
        inputs: [{ data, dims }, 'scale', 'bias', 'mean', 'variance'],
        attributes: { epsilon: { float: 0.01 } },
        floats: {
          scale: channels(),
          bias: channels(),
          mean: channels(),
          variance: { data: Float32Array.of(0.5, 2, 1), dims: [3] },
        },
      })
      expect(relativeError).toBeLessThan(tolerance)
    }
  })

  it('of local response normalisation equals differences for windows of 1 to 7 channels', async () => {
    const random = seeded(62)
    for (const size of [1, 3, 5, 7]) {
      const { relativeError } = await compareNode({
        op: 'LRN',
        inputs: [{ data: random.normals(2 * 7 * 12), dims: [2, 7, 3, 4] }],
        attributes: { size, alpha: { float: 0.9 }, beta: { float: 0.75 }, bias: { float: 1.5 } },
      })
      expect(relativeError, `size ${size}`).toBeLessThan(tolerance)
    }
  })

  it('of the softmax and its logarithm equals differences along any axis', async () => {
    const random = seeded(63)
    for (const op of ['Softmax', 'LogSoftmax']) {
      for (const axis of [1, -1]) {
        const { relativeError } = await compareNode({
          op,
          inputs: [{ data: random.normals(2 * 5 * 3), dims: [2, 5, 3] }],
          attributes: { axis },
        })
        expect(relativeError, `${op} ${axis}`).toBeLessThan(tolerance)
      }
    }
  })

  it('of the softmax over a flattened tail, as operator sets below 13 have it', async () => {
    const { relativeError } = await compareNode({
      op: 'Softmax',
      inputs: [{ data: seeded(64).normals(2 * 5 * 3), dims: [2, 5, 3] }],
      opset: 11,
    })
    expect(relativeError).toBeLessThan(tolerance)
  })
})
