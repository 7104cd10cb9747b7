// Names of clusters, from what their photos show and the rest of the library does not.
import { type ClusterTerms, countTerms, type Terms, type WeighedTerm } from './cluster-terms.ts'

export type { Terms } from './cluster-terms.ts'

/** A term speaks for a whole cluster that it covers this much of, */
const leastCover = 0.6
/** if it is so much commoner there than elsewhere. */
const leastLift = 1.5
/** A part of a mixed cluster that is worth a word covers this much, */
const leastPart = 0.2
/** and is this many photos: one is an accident. */
const leastPhotos = 2
/** A part that is this much of it needs no general word before it. */
const leastAlone = 0.4
/** What tells two clusters of one name apart. */
const leastAddition = 0.12

/**
 * A name for each cluster. By the term that stands out most among those that cover most of it and are
 * rare elsewhere, unless nothing stands above it ("object"): dogs are "dog", beagles "beagle". A mixed
 * cluster goes by the two terms that stand out most, "bird, reptile", or by what covers it and one of
 * them, "object: bottle". What stands out is told by class-based TF-IDF (Grootendorst 2022, "BERTopic")
 * over labels and the terms above them, each weighed by the label's probability. Clusters that come to
 * the same name get what stands out next.
 *
 * @param ofPoint cluster of each photo, -1 for none
 * @param count of clusters
 * @param weightOf how sure the photo's terms are, 0..1; all alike when absent
 * @returns a name a cluster, '' where nothing is known
 */
export function clusterNames(
  ofPoint: Int32Array,
  count: number,
  termsOf: (photo: number) => Terms,
  weightOf: (photo: number) => number = () => 1,
): readonly string[] {
  const clusters = countTerms(ofPoint, count, termsOf, weightOf)
  const names = clusters.map(nameOf)
  return names.map((name, at) => {
    const cluster = clusters[at]
    if (cluster === undefined || name.text === '') return name.text
    const same = names.filter(({ text }) => text === name.text).length
    return same === 1 ? name.text : apart(name, cluster)
  })
}

interface Name {
  readonly text: string
  readonly terms: readonly WeighedTerm[]
}

function nameOf({ terms, photos }: ClusterTerms): Name {
  const standOut = [...terms].sort(byScore).filter(({ lift }) => lift >= leastLift)
  const covers = standOut.filter(({ share }) => share >= leastCover)
  const cover = covers.find(({ above }) => above.length > 0)
  if (cover !== undefined) return { text: cover.term, terms: [cover] }
  const [general] = covers
  const parts = standOut.filter(
    ({ above, share, held }) =>
      above.length > 0 && share >= leastPart && held >= Math.min(leastPhotos, photos),
  )
  const [first] = parts
  const second = parts.find((one) => first !== undefined && areApart(one, first))
  if (first !== undefined && second !== undefined) {
    return { text: `${first.term}, ${second.term}`, terms: [first, second] }
  }
  if (first !== undefined && (first.share >= leastAlone || general === undefined)) {
    return { text: first.term, terms: [first] }
  }
  const only = first ?? standOut.find(({ above, held }) => above.length > 0 && held >= leastPhotos)
  if (general !== undefined) {
    if (only === undefined) return { text: general.term, terms: [general] }
    const joint = only.above.includes(general.term) ? ': ' : ', '
    return { text: `${general.term}${joint}${only.term}`, terms: [general, only] }
  }
  // Neither one thing nor two: said openly, with what there is most of.
  const most =
    [...standOut].sort(byShare).find(({ above }) => above.length > 0) ?? [...terms].sort(byShare)[0]
  return most === undefined
    ? { text: '', terms: [] }
    : { text: `mixed: ${most.term}`, terms: [most] }
}

/** The name with what stands out next beside its terms. */
function apart({ text, terms: named }: Name, { terms }: ClusterTerms): string {
  const said = new Set(named.flatMap(({ term, above }) => [term, ...above]))
  const next = [...terms]
    .sort(byScore)
    .filter(({ term, above }) => !said.has(term) && above.length > 0)
  const [only] = named
  const isKind = ({ above }: WeighedTerm): boolean =>
    named.length === 1 && only !== undefined && above.includes(only.term)
  const isMore = ({ held, share }: WeighedTerm): boolean =>
    held >= leastPhotos && share >= leastAddition
  const label =
    next.find((one) => isKind(one) && isMore(one)) ??
    next.find(isMore) ??
    next.find(isKind) ??
    next[0]
  if (label === undefined) return text
  return `${text}${isKind(label) ? ': ' : ', '}${label.term}`
}

const areApart = (a: WeighedTerm, b: WeighedTerm): boolean =>
  a.term !== b.term && !a.above.includes(b.term) && !b.above.includes(a.term)

const byTerm = (a: WeighedTerm, b: WeighedTerm): number => (a.term < b.term ? -1 : 1)

const byShare = (a: WeighedTerm, b: WeighedTerm): number => b.share - a.share || byTerm(a, b)

/** The more specific first where two stand out alike. */
const byScore = (a: WeighedTerm, b: WeighedTerm): number =>
  b.score - a.score || b.above.length - a.above.length || byTerm(a, b)
