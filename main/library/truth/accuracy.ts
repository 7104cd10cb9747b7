// How often models say what photos really show, from columns of the store.
import type {
  Accuracy,
  Mistake,
  ModelScore,
  TruthSources,
} from '../../../preload/contract/truth.ts'
import { type ClassFinder, classFinder } from '../../models/class-finder.ts'
import type { LabelSet } from '../../models/labels.ts'
import { keptLabels } from '../../store/result-writes.ts'
import type { RankedClasses, TruthColumns } from '../../store/truths.ts'
import { mcnemar, shareOf } from './intervals.ts'
import { truthTeller } from './photo-truth.ts'

export interface JudgedModel {
  readonly modelId: string
  readonly labels: LabelSet
  readonly ranked: RankedClasses
}

export interface JudgedPhotos {
  readonly accuracy: Accuracy
  /** Ids of the photos whose best label is wrong. */
  readonly wrong: {
    readonly own: readonly number[]
    readonly other: readonly number[]
    readonly both: readonly number[]
  }
}

/** With fewer photos the bounds are wider than what anybody wants to tell apart. */
export const fewestTruths = 20
const shownMistakes = 30
const shownClasses = 200

/**
 * Judges one model, or two on the very same photos: those with a truth that both have a class for
 * and have seen.
 */
export function judge(
  columns: TruthColumns,
  own: JudgedModel,
  other: JudgedModel | null,
): JudgedPhotos {
  const models = other === null ? [own] : [own, other]
  const finder = classFinder(own.labels)
  const otherFinder = other === null ? undefined : classFinder(other.labels)
  const tell = truthTeller(finder)
  const tallies = models.map(tallyFor)
  const sources = new SourceCounts()
  const classes = new Map<number, { photos: number; right: number[] }>()
  const wrong = { own: [] as number[], other: [] as number[], both: [] as number[] }
  const only = { own: 0, other: 0 }
  const take = (id: number, at: number) => {
    const folder = columns.folders[at] ?? ''
    const truth = tell({ name: columns.names[at] ?? '', folder, said: columns.said.get(id) })
    if (truth.kind !== 'known') return sources.leaveOut(truth.kind, folder)
    const { wnid, name } = own.labels.label(truth.index, 0)
    const otherIndex = sameClass(otherFinder, { wnid, name })
    if (otherIndex === undefined) return sources.leaveOut('foreign', folder)
    const truths = [truth.index, otherIndex]
    const places = tallies.map((tally) => tally.placeOf(id))
    if (places.some((place) => place < 0)) return sources.leaveOut('unseen', folder)
    sources.count(truth.source, folder, name)
    const right = tallies.map((tally, i) => tally.take(places[i] ?? 0, truths[i] ?? -1))
    const known = classes.get(truth.index) ?? { photos: 0, right: models.map(() => 0) }
    classes.set(truth.index, {
      photos: known.photos + 1,
      right: known.right.map((count, i) => count + (right[i] ? 1 : 0)),
    })
    const [ownRight = false, otherRight = true] = right
    if (!ownRight) wrong[other !== null && !otherRight ? 'both' : 'own'].push(id)
    else if (!otherRight) wrong.other.push(id)
    if (ownRight && !otherRight) only.own++
    if (!ownRight && otherRight) only.other++
  }
  columns.ids.forEach(take)
  const photos = tallies[0]?.photos ?? 0
  const scores = tallies.map((tally) => tally.score())
  return {
    wrong,
    accuracy: {
      photos,
      isEnough: photos >= fewestTruths,
      sources: sources.summary(),
      own: scores[0] ?? tallyFor(own).score(),
      other: scores[1] ?? null,
      difference:
        other === null
          ? null
          : { ownOnly: only.own, otherOnly: only.other, p: mcnemar(only.own, only.other) },
      classes: [...classes]
        .map(([index, { photos: count, right }]) => ({
          index,
          name: own.labels.label(index, 0).name,
          photos: count,
          ownRight: right[0] ?? 0,
          otherRight: right[1] ?? 0,
        }))
        .sort((a, b) => missed(b) - missed(a) || b.photos - a.photos || (a.name < b.name ? -1 : 1))
        .slice(0, shownClasses),
    },
  }
}

const missed = (one: { photos: number; ownRight: number; otherRight: number }): number =>
  Math.max(one.photos - one.ownRight, one.photos - one.otherRight)

/** Without another model every truth will do. */
const sameClass = (
  finder: ClassFinder | undefined,
  truth: { wnid: string; name: string },
): number | undefined => (finder === undefined ? -1 : finder.same(truth))

function tallyFor({ modelId, labels, ranked }: JudgedModel) {
  const places = new Map(Array.from(ranked.ids, (id, place) => [id, place]))
  const mistakes = new Map<string, { truth: number; taken: number; count: number }>()
  const counts = { photos: 0, first: 0, firstFive: 0 }
  return {
    get photos(): number {
      return counts.photos
    },
    placeOf: (id: number): number => places.get(id) ?? -1,
    /** @returns whether the best label is right */
    take(place: number, truth: number): boolean {
      const said = ranked.classes.subarray(place * keptLabels, (place + 1) * keptLabels)
      const [taken = -1] = said
      counts.photos++
      if (said.includes(truth)) counts.firstFive++
      if (taken === truth) {
        counts.first++
        return true
      }
      const key = `${truth}/${taken}`
      const count = (mistakes.get(key)?.count ?? 0) + 1
      mistakes.set(key, { truth, taken, count })
      return false
    },
    score(): ModelScore {
      const nameOf = (index: number): string => labels.label(index, 0).name
      return {
        modelId,
        top1: shareOf(counts.first, counts.photos),
        top5: shareOf(counts.firstFive, counts.photos),
        mistakes: [...mistakes.values()]
          .map(
            ({ truth, taken, count }): Mistake => ({
              truth: nameOf(truth),
              taken: nameOf(taken),
              count,
            }),
          )
          .sort((a, b) => b.count - a.count || (a.truth < b.truth ? -1 : 1))
          .slice(0, shownMistakes),
      }
    },
  }
}

class SourceCounts {
  private readonly folders = new Map<string, { label: string; photos: number }>()
  private readonly ambiguous = new Map<string, number>()
  private said = 0
  private fileName = 0
  private foreign = 0
  private unseen = 0

  count(source: 'said' | 'file-name' | 'folder', folder: string, label: string): void {
    if (source === 'said') this.said++
    else if (source === 'file-name') this.fileName++
    else this.folders.set(folder, { label, photos: (this.folders.get(folder)?.photos ?? 0) + 1 })
  }

  leaveOut(why: 'ambiguous' | 'foreign' | 'unknown' | 'unseen', folder: string): void {
    if (why === 'foreign') this.foreign++
    else if (why === 'unseen') this.unseen++
    else if (why === 'ambiguous') this.ambiguous.set(folder, (this.ambiguous.get(folder) ?? 0) + 1)
  }

  summary(): TruthSources {
    return {
      said: this.said,
      fileName: this.fileName,
      folders: [...this.folders]
        .map(([folder, { label, photos }]) => ({ folder, label, photos }))
        .sort((a, b) => b.photos - a.photos || (a.folder < b.folder ? -1 : 1)),
      ambiguous: [...this.ambiguous].map(([folder, photos]) => ({ folder, photos })),
      foreign: this.foreign,
      unseen: this.unseen,
    }
  }
}
