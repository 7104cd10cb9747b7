import { expect, it } from 'vitest'
import type { NetworkProfile } from '../../../../preload/contract/network-profile.ts'
import { operatorWords, placeWords, profileLine, stepMs } from './time-words.ts'

const layer = {
  layer: 'conv1',
  ms: 6,
  operators: [
    { operator: 'QLinearConv', count: 4 },
    { operator: 'ReduceMax', count: 1 },
    { operator: 'Cast', count: 1 },
    { operator: 'Div', count: 1 },
  ],
  providers: ['webgpu', 'cpu'],
}
const profile: NetworkProfile = {
  modelId: 'm',
  form: 'engine',
  provider: 'cpu',
  inFloats: false,
  threads: 2,
  wholeMs: 12.34,
  layers: [layer, { ...layer, layer: '', ms: 5 }],
}

it('holds the sum of the steps against the whole', () => {
  expect(profileLine(profile)).toBe(
    '12.3 ms for one photo on CPU, 2 threads; the steps below add up to 89% of it',
  )
  expect(profileLine({ ...profile, provider: 'webgpu', inFloats: true })).toContain(
    'on WebGPU, in floats; the steps',
  )
})

it('names a few operators, and where they ran', () => {
  expect(operatorWords(layer)).toBe('4 QLinearConv, ReduceMax, Cast, others')
  expect(placeWords(layer)).toBe('WebGPU, CPU')
  expect(stepMs(0.0312)).toBe('0.03 ms')
})
