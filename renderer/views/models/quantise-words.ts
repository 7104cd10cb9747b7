// What became of an integer twin of a network, in words.
import type { QuantisationStatus } from '../../../preload/contract/models.ts'
import type { Fact } from '../../ui/facts.tsx'
import { formatBytes, formatCounted, formatShare } from '../../ui/format.ts'

type Done = Extract<QuantisationStatus, { readonly state: 'done' }>

const times = (ratio: number): string => `${ratio.toFixed(1)} times`

/** "The integer build is 2.3 times as fast…" */
export function quantisationVerdict({ isFaster, photosPerSecond, sameTop1 }: Done): string {
  const ratio = photosPerSecond.int8 / photosPerSecond.float
  const agree = `says the same first label on ${formatShare(sameTop1)} of the photos`
  return isFaster
    ? `The integer build is ${times(ratio)} as fast here, and ${agree}. Keep it as a model of its own?`
    : `The integer build is not faster here (${times(ratio)} as fast), so there is no use in it.`
}

export function quantisationFacts(done: Done): readonly Fact[] {
  const { photosPerSecond, bytes, sameTop1, top1InTop5, meanEmbeddingCosine } = done
  const pace = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toPrecision(2))
  return [
    ['Photos/s', `${pace(photosPerSecond.int8)} instead of ${pace(photosPerSecond.float)}`],
    ['Size', `${formatBytes(bytes.int8)} instead of ${formatBytes(bytes.float)}`],
    ['Same first label', formatShare(sameTop1)],
    ['First among five', formatShare(top1InTop5)],
    ['Features alike', meanEmbeddingCosine.toFixed(4)],
    [
      'Photos',
      `Made on ${formatCounted(done.calibrated, 'photo')}, compared on ${formatCounted(done.checked, 'other', 'others')}`,
    ],
  ]
}
