// What the engine is and does, in words.
import type { EngineStatus } from '../../../preload/contract/domain.ts'
import { assertNever } from '../../../preload/contract/errors.ts'
import { formatCounted } from '../../ui/format.ts'

const providerNames: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  cuda: 'NVIDIA CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
}

export const providerName = (provider: string): string => providerNames[provider] ?? provider

/** "Inception V3 · CPU, 2 threads". */
export function engineLine(engine: EngineStatus): string {
  switch (engine.state) {
    case 'starting':
      return engine.reason || 'Starting the engine…'
    case 'restarting':
      return 'Restarting the engine…'
    case 'failed':
      return 'The engine does not run'
    case 'ready': {
      const threads =
        engine.executionProvider === 'cpu' ? `, ${formatCounted(engine.threads, 'thread')}` : ''
      const form = engine.inFloats ? ', in floats' : ''
      return `${engine.model} · ${providerName(engine.executionProvider)}${form}${threads}`
    }
    default:
      return assertNever(engine.state)
  }
}

/** One line for each provider that was tried, and how work is cut up. */
export function engineTrials(engine: EngineStatus): string {
  const trials = engine.trials
    .filter(({ offered }) => offered !== false)
    .map(
      ({ provider, form, ok, reason }) =>
        `${providerName(provider)}${form === 'float' ? ' in floats' : ''}: ${ok ? 'runs' : reason || 'not available'}`,
    )
  const shape =
    engine.state === 'ready'
      ? [
          `${formatCounted(engine.batchSize, 'photo')} at a time`,
          formatCounted(engine.decodeWorkers, 'decoder'),
        ]
      : []
  const why = engine.state === 'ready' && engine.whyProvider !== '' ? [engine.whyProvider] : []
  return [...why, ...trials, ...shape].join('\n')
}
