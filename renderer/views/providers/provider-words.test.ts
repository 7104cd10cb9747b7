import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../../preload/contract/domain.ts'
import { deviceWords, nodeWords, paceWords, parityWords, providerLine } from './provider-words.ts'

const engine: EngineStatus = {
  state: 'ready',
  model: 'Inception V3',
  modelId: 'inception-v3',
  executionProvider: 'cpu',
  inFloats: false,
  whyProvider: 'It took over from webgpu.',
  trials: [],
  threads: 2,
  batchSize: 8,
  decodeWorkers: 2,
  reason: 'webgpu is not used: It failed while it worked: Lost.',
}

describe('words about providers', () => {
  it('say what runs and why, and what is wrong', () => {
    expect(providerLine(engine)).toBe(
      'Inception V3 runs on CPU. It took over from webgpu. webgpu is not used: It failed while it worked: Lost.',
    )
    expect(providerLine({ ...engine, state: 'starting', reason: 'Trying.' })).toBe('Trying.')
  })

  it('give the pace by batch size', () => {
    const facts = {
      photosPerSecond: [
        { batchSize: 1, photosPerSecond: 0.0376 },
        { batchSize: 8, photosPerSecond: 51.4 },
      ],
      loadMs: 0,
      firstRunMs: 0,
      nodes: { all: 0, onCpu: 0, operatorsOnCpu: [] },
    }
    expect(paceWords(facts)).toBe('0.038 one by one, 51 in batches of 8')
  })

  it('give the distance from the CPU and the steps left to it', () => {
    const parity = { maxProbabilityDifference: 0.00123, sameTop5: true, embeddingCosine: 0.99996 }
    expect(parityWords(parity)).toBe(
      'Probabilities off by 0.0012 at most, the same first five labels, features alike to 1.0000',
    )
    expect(nodeWords({ all: 9, onCpu: 0, operatorsOnCpu: [] })).toBe('Nothing')
    const operatorsOnCpu = ['Cast', 'TopK', 'Slice', 'Gather'].map((operator, i) => ({
      operator,
      count: 4 - i,
    }))
    expect(nodeWords({ all: 70, onCpu: 10, operatorsOnCpu })).toBe(
      '10 of 70 steps: 4 Cast, 3 TopK, 2 Slice and others',
    )
  })

  it('name a device, and software for what it is', () => {
    const card = { name: 'AMD 0x744c', memoryBytes: 24e9, driver: 'amdgpu', isSoftware: false }
    expect(deviceWords(card)).toMatch(/^AMD 0x744c, .+GB, amdgpu$/)
    const software = { name: 'SwiftShader', memoryBytes: null, driver: 'x.json', isSoftware: true }
    expect(deviceWords(software)).toBe('SwiftShader, software on the CPU')
  })
})
