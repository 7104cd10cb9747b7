// How long layers take, in words.
import type { LayerTime, NetworkProfile } from '../../../../preload/contract/network-profile.ts'
import { formatCounted, formatShare } from '../../../ui/format.ts'
import { providerName } from '../../shell/engine-words.ts'

const shownOperators = 3

/** "2.31 ms"; a step may take microseconds. */
export const stepMs = (ms: number): string => `${ms < 9.995 ? ms.toFixed(2) : ms.toFixed(1)} ms`

/** "85.3 ms for one photo on the CPU, 2 threads; the steps below add up to 98% of it". */
export function profileLine(profile: NetworkProfile): string {
  const { provider, inFloats, threads, wholeMs } = profile
  const form = inFloats ? ', in floats' : ''
  const cores = provider === 'cpu' ? `, ${formatCounted(threads, 'thread')}` : ''
  const share = formatShare(sumMs(profile) / wholeMs)
  return `${stepMs(wholeMs)} for one photo on ${providerName(provider)}${form}${cores}; the steps below add up to ${share} of it`
}

export const sumMs = ({ layers }: NetworkProfile): number =>
  layers.reduce((sum, { ms }) => sum + ms, 0)

/** "4 QLinearConv, ReduceMax" */
export function operatorWords({ operators }: LayerTime): string {
  const named = operators
    .slice(0, shownOperators)
    .map(({ operator, count }) => (count > 1 ? `${count} ${operator}` : operator))
  return [...named, ...(operators.length > shownOperators ? ['others'] : [])].join(', ')
}

export const placeWords = ({ providers }: LayerTime): string =>
  providers.map(providerName).join(', ')
