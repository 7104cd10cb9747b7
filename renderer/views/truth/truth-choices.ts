// What is offered as the truth: what was said, the network's guesses, then what the search found.
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import type { Truth } from '../../../preload/contract/truth-name.ts'
import { formatShare } from '../../ui/format.ts'

export interface TruthChoice {
  readonly truth: Truth
  readonly note: string
}

/** Guesses of more photos than these would be a list of everything. */
const askedForGuesses = 50
const mostGuesses = 6

export function truthChoices(
  photos: readonly PhotoRow[],
  found: readonly Truth[],
  text: string,
): readonly TruthChoice[] {
  const guesses = text.trim() === '' ? guessesOf(photos.slice(0, askedForGuesses)) : []
  const offered = new Set(guesses.map(({ truth }) => keyOf(truth)))
  return [
    ...guesses,
    ...found
      .filter((truth) => !offered.has(keyOf(truth)))
      .map((truth) => ({ truth, note: truth.wnid })),
  ]
}

function guessesOf(photos: readonly PhotoRow[]): readonly TruthChoice[] {
  const best = new Map<string, { truth: Truth; probability: number }>()
  for (const { labels } of photos) {
    for (const { wnid, name, probability } of labels) {
      const truth = { wnid, name }
      const before = best.get(keyOf(truth))?.probability ?? -1
      if (probability > before) best.set(keyOf(truth), { truth, probability })
    }
  }
  return [...best.values()]
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostGuesses)
    .map(({ truth, probability }) => ({ truth, note: `guessed, ${formatShare(probability)}` }))
}

const keyOf = ({ wnid, name }: Truth): string => `${wnid}/${name}`
