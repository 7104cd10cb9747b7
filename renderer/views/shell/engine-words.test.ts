import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '../../../preload/contract/domain.ts'
import { engineLine, engineTrials } from './engine-words.ts'

const engine: EngineStatus = {
  state: 'ready',
  model: 'Inception V3',
  modelId: 'inception-v3',
  executionProvider: 'cpu',
  inFloats: false,
  whyProvider: 'It is the only one that works here.',
  trials: [
    { provider: 'webgpu', ok: false, reason: 'No adapter was found' },
    { provider: 'cpu', ok: true, reason: '' },
  ],
  threads: 2,
  batchSize: 8,
  decodeWorkers: 2,
  reason: '',
}

describe('engine words', () => {
  it('names model and provider, with threads on a CPU only', () => {
    expect(engineLine(engine)).toBe('Inception V3 · CPU, 2 threads')
    expect(engineLine({ ...engine, executionProvider: 'cuda' })).toBe('Inception V3 · NVIDIA CUDA')
  })

  it('tells what a first start takes its time for', () => {
    const starting = { ...engine, state: 'starting' } as const
    expect(engineLine(starting)).toBe('Starting the engine…')
    const reason = 'Measuring this computer, once.'
    expect(engineLine({ ...starting, reason })).toBe(reason)
  })

  it('says plainly when it restarts or failed', () => {
    expect(engineLine({ ...engine, state: 'restarting' })).toBe('Restarting the engine…')
    expect(engineLine({ ...engine, state: 'failed' })).toBe('The engine does not run')
  })

  it('tells what was tried', () => {
    expect(engineTrials(engine).split('\n')).toEqual([
      'It is the only one that works here.',
      'WebGPU: No adapter was found',
      'CPU: runs',
      '8 photos at a time',
      '2 decoders',
    ])
  })
})
