// What the Cloud's work and its quality are called.
import type {
  CloudMorphProgress,
  CloudStatus,
  LayoutFacts,
} from '../../../preload/contract/cloud.ts'
import { formatCounted, formatShare } from '../../ui/format.ts'

export const stageWords: Readonly<Record<NonNullable<CloudStatus['stage']>, string>> = {
  components: 'Finding main directions',
  neighbours: 'Finding neighbours',
  layout: 'Laying out',
  quality: 'Measuring how true it is',
  placing: 'Placing new photos',
  clusters: 'Finding clusters',
}

/** Of another model's layout; null before anything was told. */
export const morphStageWords = (stage: CloudMorphProgress['stage'] | null): string =>
  stage === null ? 'Asking for its Cloud' : `${stageWords[stage]} for its Cloud`

/** "Finding neighbours, 40 %"; what stands when nothing is done. */
export function stateLine(status: CloudStatus): string {
  if (status.stage !== null && status.state === 'working')
    return `${stageWords[status.stage]}, ${formatShare(status.fraction)}`
  const parts = [formatCounted(status.pointCount, 'photo')]
  const { facts } = status
  if (facts !== null && facts.sampled >= fewestJudged) parts.push(truthWords(facts))
  else if (status.method === 'pca') parts.push('rough layout')
  if (status.facts !== null && status.placedCount > 0)
    parts.push(`${formatCounted(status.placedCount, 'photo')} placed since`)
  return parts.join(' · ')
}

/** Among fewer photos everybody is everybody's neighbour. */
const fewestJudged = 20

const truths = [
  [0.95, 'very true layout'],
  [0.9, 'true layout'],
  [0.8, 'fairly true layout'],
  [0, 'loose layout'],
] as const

/** In a few words: the worse of the two figures counts. */
export function truthWords({ trustworthiness, continuity }: LayoutFacts): string {
  const worse = Math.min(trustworthiness, continuity)
  return truths.find(([least]) => worse >= least)?.[1] ?? 'loose layout'
}
