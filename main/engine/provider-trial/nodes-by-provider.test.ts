import { describe, expect, it } from 'vitest'
import { nodesByProvider } from './nodes-by-provider.ts'

const node = (provider: string, operator: string) => ({
  cat: 'Node',
  args: { provider, op_name: operator },
})

describe('nodesByProvider', () => {
  it('counts operators on the CPU, most first, and leaves out copies and the session itself', () => {
    const profile = [
      { cat: 'Session', name: 'model_loading_uri', args: {} },
      node('WebGpuExecutionProvider', 'Conv'),
      node('WebGpuExecutionProvider', 'MemcpyToHost'),
      node('CPUExecutionProvider', 'Cast'),
      node('CPUExecutionProvider', 'TopK'),
      node('CPUExecutionProvider', 'Cast'),
    ]
    expect(nodesByProvider(JSON.stringify(profile))).toEqual({
      all: 4,
      onCpu: 3,
      operatorsOnCpu: [
        { operator: 'Cast', count: 2 },
        { operator: 'TopK', count: 1 },
      ],
    })
  })

  it('finds nothing in the profile of a session that never ran', () => {
    expect(nodesByProvider('[]')).toEqual({ all: 0, onCpu: 0, operatorsOnCpu: [] })
  })
})
