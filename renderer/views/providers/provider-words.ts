// What trials of execution providers found, in words.
import type { EngineStatus } from '../../../preload/contract/domain.ts'
import { assertNever } from '../../../preload/contract/errors.ts'
import type {
  CudaStatus,
  GraphicsDevice,
  ProviderFacts,
  ProviderParity,
  ProviderTrial,
} from '../../../preload/contract/providers.ts'
import { formatBytes } from '../../ui/format.ts'
import { providerName } from '../shell/engine-words.ts'

const shownOperators = 3

/** What there is of ONNX Runtime's CUDA libraries, and what comes next. */
export function cudaLine({ state, host, doneBytes, bytes, reason }: CudaStatus): string {
  switch (state) {
    case 'none':
      return `ONNX Runtime's CUDA libraries come from ${host}. Nothing is fetched before you say so.`
    case 'asking':
      return `Asking ${host}…`
    case 'offered':
      return `${host} has ONNX Runtime's CUDA libraries: ${formatBytes(bytes)}. They are checked against its hash.`
    case 'running':
      return `${formatBytes(doneBytes)} of ${formatBytes(bytes)}`
    case 'paused':
      return bytes > 0
        ? `Paused: ${formatBytes(doneBytes)} of ${formatBytes(bytes)}`
        : `Paused: ${formatBytes(doneBytes)} are here.`
    case 'unpacking':
      return 'Unpacking the libraries…'
    case 'installed':
      return "ONNX Runtime's CUDA libraries are in place."
    case 'failed':
      return reason
    default:
      return assertNever(state)
  }
}

/** Of other systems' providers there is nothing to tell. */
export const offeredHere = ({ offered }: ProviderTrial): boolean => offered !== false

/** "Inception V3 runs on the CPU. It is the only one that works here." */
export function providerLine(engine: EngineStatus): string {
  if (engine.state !== 'ready') return engine.reason
  const form = engine.inFloats ? ', in floats' : ''
  const runs = `${engine.model} runs on ${providerName(engine.executionProvider)}${form}.`
  return [runs, engine.whyProvider, engine.reason].filter((text) => text !== '').join(' ')
}

/** "34 one by one, 51 in batches of 8" */
export const paceWords = ({ photosPerSecond }: ProviderFacts): string =>
  photosPerSecond
    .map(({ batchSize, photosPerSecond: pace }) => {
      const text = pace >= 10 ? pace.toFixed(0) : pace.toPrecision(2)
      return batchSize === 1 ? `${text} one by one` : `${text} in batches of ${batchSize}`
    })
    .join(', ')

export function parityWords(parity: ProviderParity): string {
  const { maxProbabilityDifference, sameTop5, embeddingCosine, withIntegers } = parity
  const off = maxProbabilityDifference < 1e-6 ? '0' : maxProbabilityDifference.toPrecision(2)
  const labels = sameTop5 ? 'the same first five labels' : 'other first five labels'
  const own = `Probabilities off by ${off} at most, ${labels}, features alike to ${embeddingCosine.toFixed(4)}`
  if (withIntegers === undefined) return own
  const first = withIntegers.sameFirst ? 'the same first label' : 'another first label'
  return `${own}; as integers on the CPU: ${first}, features alike to ${withIntegers.embeddingCosine.toFixed(3)}`
}

export function nodeWords({ all, onCpu, operatorsOnCpu }: ProviderFacts['nodes']): string {
  if (onCpu === 0) return 'Nothing'
  const named = operatorsOnCpu.slice(0, shownOperators)
  const names = named.map(({ operator, count }) => (count > 1 ? `${count} ${operator}` : operator))
  const more = operatorsOnCpu.length > named.length ? ' and others' : ''
  return `${onCpu} of ${all} steps: ${names.join(', ')}${more}`
}

export function deviceWords({ name, driver, memoryBytes, isSoftware }: GraphicsDevice): string {
  const kind = isSoftware ? 'software on the CPU' : ''
  const memory = memoryBytes === null ? '' : formatBytes(memoryBytes)
  return [name, kind, memory, isSoftware ? '' : driver].filter((text) => text !== '').join(', ')
}
