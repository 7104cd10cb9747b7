// Reads from ONNX Runtime's profile which operators ran on the CPU.
import { z } from 'zod'
import type { ProviderFacts } from '../../../preload/contract/providers.ts'

const profile = z.array(
  z.object({
    cat: z.string().optional(),
    args: z.object({ provider: z.string().optional(), op_name: z.string().optional() }).optional(),
  }),
)

/** ONNX Runtime puts them in wherever a value goes from one provider to another. */
const copies = new Set(['MemcpyToHost', 'MemcpyFromHost'])

/**
 * Counts the nodes of one run.
 *
 * @param json a profile of a single run
 * @throws Error when it is no profile
 */
export function nodesByProvider(json: string): ProviderFacts['nodes'] {
  const nodes = profile
    .parse(JSON.parse(json))
    .filter(({ cat, args }) => cat === 'Node' && !copies.has(args?.op_name ?? ''))
  const counts = new Map<string, number>()
  for (const { args } of nodes) {
    if (args?.provider !== 'CPUExecutionProvider') continue
    const operator = args.op_name ?? 'unknown'
    counts.set(operator, (counts.get(operator) ?? 0) + 1)
  }
  const operatorsOnCpu = [...counts]
    .map(([operator, count]) => ({ operator, count }))
    .toSorted((a, b) => b.count - a.count || a.operator.localeCompare(b.operator))
  const onCpu = operatorsOnCpu.reduce((sum, { count }) => sum + count, 0)
  return { all: nodes.length, onCpu, operatorsOnCpu }
}
