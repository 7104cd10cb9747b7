import { describe, expect, it } from 'vitest'
import { layerTimes } from './profile.ts'

const node = (name: string, dur: number) => ({ cat: 'Node', name: `${name}_kernel_time`, dur })

describe('layerTimes', () => {
  const layerOf = new Map([
    ['a/Conv', 'conv1'],
    ['a/Relu', 'conv1'],
    ['fc', 'fc1'],
  ])

  it('sums nodes by layer, leaves out the first run and takes the median', () => {
    const run = (ms: number) => [node('a/Conv_nchwc', ms * 1000), node('Gemm:fc', ms * 500)]
    const events = [{ cat: 'Session', name: 'model_loading' }, ...[90, 3, 1, 2].flatMap(run)]
    expect(layerTimes(JSON.stringify(events), layerOf)).toEqual({ conv1: 2, fc1: 1 })
  })

  it('leaves out nodes of no layer', () => {
    const events = [node('ReorderOutput', 1), node('ReorderOutput', 1)]
    expect(layerTimes(JSON.stringify(events), layerOf)).toEqual({})
  })
})
