// What the figures on accuracy say, in words.
import type { Accuracy, Share, TruthSources } from '../../../preload/contract/truth.ts'
import { formatCount, formatCounted } from '../../ui/format.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** "92.6%". */
export const shareText = ({ right, of }: Share): string => (of === 0 ? '–' : percent(right / of))

/** "90.0 to 94.6%": where the true share lies with 95 %. */
export const boundsText = ({ low, high }: Share): string =>
  `${(100 * low).toFixed(1)} to ${percent(high)}`

/** Below it a difference is taken for more than chance. */
const significant = 0.05

export function differenceWords(
  { ownOnly, otherOnly, p }: NonNullable<Accuracy['difference']>,
  { own, other }: { readonly own: string; readonly other: string },
): string {
  if (ownOnly + otherOnly === 0) return 'Both are right about the very same photos.'
  const counts = `Only ${own} is right about ${formatCounted(ownOnly, 'photo')}, only ${other} about ${formatCount(otherOnly)}.`
  const chance = p < 0.001 ? 'p < 0.001' : `p = ${p < 0.01 ? p.toFixed(3) : p.toFixed(2)}`
  if (p >= significant) {
    return `${counts} Chance alone would part them as much: no difference is shown (McNemar’s test, ${chance}).`
  }
  const better = ownOnly > otherOnly ? own : other
  return `${counts} That is more than chance: ${better} is better on such photos (McNemar’s test, ${chance}).`
}

export function sourcesWords({ said, fileName, folders, foreign, unseen }: TruthSources): string {
  const inFolders = folders.reduce((sum, { photos }) => sum + photos, 0)
  const known = [
    said > 0 ? `${formatCounted(said, 'photo')} that you spoke of` : '',
    fileName > 0 ? `${formatCounted(fileName, 'file')} named by a WordNet id` : '',
    inFolders > 0
      ? `${formatCounted(inFolders, 'photo')} in ${formatCounted(folders.length, 'folder')} called like a class`
      : '',
  ].filter((part) => part !== '')
  const left = [
    foreign > 0 ? `${formatCounted(foreign, 'photo')} of things without a class` : '',
    unseen > 0 ? `${formatCounted(unseen, 'photo')} not labelled yet` : '',
  ].filter((part) => part !== '')
  const truth = known.length === 0 ? 'Nothing is known.' : `The truth is from ${known.join(', ')}.`
  return left.length === 0 ? truth : `${truth} Left out: ${left.join(', ')}.`
}
