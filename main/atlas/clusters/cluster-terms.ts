// How much each term says of each cluster: class-based TF-IDF with probabilities for counts.

/** What a photo shows, the most general term first, its own label last; empty when unknown. */
export type Terms = readonly string[]

export interface WeighedTerm {
  readonly term: string
  /** The terms above it, the most general first. */
  readonly above: Terms
  /** Photos of the cluster that carry it. */
  readonly held: number
  /** Of the weight of the cluster's photos, 0..1. */
  readonly share: number
  /** The share by the one among the photos outside; infinite where none of those carries it. */
  readonly lift: number
  /** share · ln(1 + A / f): A the mean weight of a cluster, f the term's weight everywhere. */
  readonly score: number
}

export interface ClusterTerms {
  readonly photos: number
  readonly terms: readonly WeighedTerm[]
}

interface Tally {
  photos: number
  weight: number
  readonly terms: Map<string, { held: number; weight: number }>
}

export function countTerms(
  ofPoint: Int32Array,
  count: number,
  termsOf: (photo: number) => Terms,
  weightOf: (photo: number) => number,
): readonly ClusterTerms[] {
  const aboves = new Map<string, Terms>()
  const everywhere = tally()
  const clusters = Array.from({ length: count }, tally)
  ofPoint.forEach((cluster, photo) => {
    const path = termsOf(photo)
    path.forEach((term, depth) => {
      if (!aboves.has(term)) aboves.set(term, path.slice(0, depth))
    })
    const weight = weightOf(photo)
    add(everywhere, path, weight)
    const own = clusters[cluster]
    if (own !== undefined) add(own, path, weight)
  })
  // Photos outside all clusters are one more document.
  const documents = count + (ofPoint.some((cluster) => cluster < 0) ? 1 : 0)
  const meanWeight = everywhere.weight / Math.max(1, documents)
  return clusters.map(({ photos, weight, terms }) => ({
    photos,
    terms: Array.from(terms, ([term, { held, weight: own }]) => {
      const all = everywhere.terms.get(term)?.weight ?? own
      const outside = everywhere.weight - weight
      const share = weight > 0 ? own / weight : 0
      const elsewhere = outside > 1e-9 ? Math.max(0, all - own) / outside : 0
      return {
        term,
        above: aboves.get(term) ?? [],
        held,
        share,
        lift: elsewhere > 1e-9 ? share / elsewhere : Number.POSITIVE_INFINITY,
        score: share * Math.log(1 + meanWeight / Math.max(all, 1e-9)),
      }
    }),
  }))
}

const tally = (): Tally => ({ photos: 0, weight: 0, terms: new Map() })

function add(to: Tally, path: Terms, weight: number): void {
  to.photos++
  to.weight += weight
  for (const term of new Set(path)) {
    const before = to.terms.get(term)
    to.terms.set(term, {
      held: (before?.held ?? 0) + 1,
      weight: (before?.weight ?? 0) + weight,
    })
  }
}
