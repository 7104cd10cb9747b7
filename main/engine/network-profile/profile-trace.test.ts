import { describe, expect, it } from 'vitest'
import { profileTrace } from './profile-trace.ts'

const node = (name: string, ms: number, op_name = 'Conv', provider = 'CPUExecutionProvider') => ({
  cat: 'Node',
  name: `${name}_kernel_time`,
  dur: ms * 1000,
  args: { op_name, provider },
})
const whole = (ms: number) => ({ cat: 'Session', name: 'model_run', dur: ms * 1000 })
/** As ONNX Runtime writes it: the run's own event comes after those of its steps. */
const traceOf = (...runs: readonly object[][]): string =>
  JSON.stringify([{ cat: 'Session', name: 'model_loading' }, ...runs.flat()])

const layerOf = new Map([
  ['a/Conv', 'conv1'],
  ['a/Relu', 'conv1'],
  ['fc', 'fc1'],
])

describe('profileTrace', () => {
  it('sums steps by layer, leaves out the first run and takes the fastest of the others', () => {
    const run = (ms: number) => [
      node('a/Conv_nchwc_token_3', ms, 'QLinearConv'),
      node('a/Relu', ms / 2, 'Relu'),
      node('Gemm:fc', ms / 4, 'Gemm', 'WebGpuExecutionProvider'),
      whole(ms * 2),
    ]
    const profile = profileTrace(traceOf(...[90, 4, 2, 3].map(run)), layerOf)
    expect(profile.wholeMs).toBe(4)
    expect(profile.layers).toEqual([
      {
        layer: 'conv1',
        ms: 3,
        operators: [
          { operator: 'QLinearConv', count: 1 },
          { operator: 'Relu', count: 1 },
        ],
        providers: ['cpu'],
      },
      {
        layer: 'fc1',
        ms: 0.5,
        operators: [{ operator: 'Gemm', count: 1 }],
        providers: ['webgpu'],
      },
    ])
  })

  it('keeps what lies between layers, so that the sum is whole', () => {
    const run = [node('ReorderOutput', 1, 'ReorderOutput'), node('Transpose_token_1', 2), whole(3)]
    const { layers, wholeMs } = profileTrace(traceOf(run, run), layerOf)
    expect(layers).toMatchObject([{ layer: '', ms: 3 }])
    expect(wholeMs).toBe(3)
  })

  it('refuses what holds no run but the first', () => {
    expect(() => profileTrace(traceOf([node('fc', 1), whole(1)]), layerOf)).toThrow('no run')
  })
})
