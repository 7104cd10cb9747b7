// What is known of a model, in words.
import type {
  CatalogueModel,
  InstalledModelInfo,
  ModelFacts,
  PublishedAccuracy,
} from '../../../preload/contract/models.ts'
import type { Fact } from '../../ui/facts.tsx'
import { formatBytes, formatCount, formatCounted, formatMs } from '../../ui/format.ts'

/** "54.8% first, 78.2% among five (ONNX Model Zoo)". */
export function accuracyWords({ top1, top5, source }: PublishedAccuracy): string {
  const share = (value: number): string => `${(value * 100).toFixed(1)}%`
  const five = top5 === null ? '' : `, ${share(top5)} among five`
  return `${share(top1)} first${five} (${source})`
}

export const labelWords = ({ labels, classCount, pair }: InstalledModelInfo): string => {
  if (pair !== null) return `${formatCount(classCount)}, which you can change`
  switch (labels) {
    case 'imagenet-1k':
      return `${formatCount(classCount)}, ImageNet’s`
    case 'file':
      return `${formatCount(classCount)}, its own`
    case 'numbers':
      return `${formatCount(classCount)} without names`
    case 'none':
      return 'This model has no labels'
  }
}

const factsOf = (facts: ModelFacts | null): readonly Fact[] => [
  ['Year', facts === null ? '' : String(facts.year)],
  ['Right on ImageNet', facts?.accuracy ? accuracyWords(facts.accuracy) : ''],
]

export const installedFacts = (model: InstalledModelInfo): readonly Fact[] => [
  ...factsOf(model.facts),
  ['Labels', labelWords(model)],
  ['Sees', `${model.inputSizePx} × ${model.inputSizePx} pixels`],
  ['Reads', model.pair === null ? '' : `texts of up to ${model.pair.contextTokens} tokens`],
  [
    'Compares by',
    [`${formatCounted(model.embeddingDim, 'number')}`, model.embeddingLayer]
      .filter((part) => part !== '')
      .join(' of '),
  ],
  [
    'Speed here',
    model.msPerPhoto === null ? 'Not measured yet' : `${formatMs(model.msPerPhoto)} a photo`,
  ],
  ['Size', formatBytes(model.sizeBytes)],
  ['Licence', model.facts?.licence ?? ''],
  ['Made from', model.file],
]

export const catalogueFacts = (model: CatalogueModel): readonly Fact[] => [
  ...factsOf(model.facts),
  ['Sees', `${model.inputSizePx} × ${model.inputSizePx} pixels`],
  ['Compares by', formatCounted(model.embeddingDim, 'number')],
  ['Download', `${formatBytes(model.sizeBytes)} from ${model.host}`],
  ['File', model.file],
  ['Licence', model.facts.licence],
]
