// Names of clusters, from what their photos show.

/** What a photo shows, the most general term first, its own label last; empty when unknown. */
export type Terms = readonly string[]

/** A term counts for a cluster that it covers this much of. */
const leastShare = 0.5
/** How much commoner a term must be in the cluster than elsewhere. */
const leastLift = 1.5
/** What is added to a name covers at least this much. */
const leastAddition = 0.2
/** Two terms that together make up a mixed cluster each cover at least this much. */
const leastPart = 0.25

interface Candidate {
  readonly term: string
  /** Of the cluster's photos, the share that carries it. */
  readonly share: number
  /** How many photos carry it anywhere: the fewer, the more it says. */
  readonly everywhere: number
  /** The terms above it, the most general first. */
  readonly above: Terms
}

/**
 * The most specific term that covers most of a cluster and is commoner there than elsewhere, unless
 * it is one that nothing stands above ("object"); then the two largest parts, "cat, dog", or the
 * largest, "animal: bird"; without either, the term that stands out most. Clusters that come to the same name get what is commonest below it added: "dog: beagle".
 *
 * @param ofPoint cluster of each photo, -1 for none
 * @param count of clusters
 * @returns a name a cluster, '' where nothing is known
 */
export function clusterNames(
  ofPoint: Int32Array,
  count: number,
  termsOf: (photo: number) => Terms,
): readonly string[] {
  const everywhere = new Map<string, number>()
  const aboves = new Map<string, Terms>()
  const above = (term: string): Terms => aboves.get(term) ?? []
  const inCluster = Array.from({ length: count }, () => new Map<string, number>())
  const sizes = new Uint32Array(count)
  ofPoint.forEach((cluster, photo) => {
    const terms = new Set(termsOf(photo))
    for (const term of terms) tally(everywhere, term)
    termsOf(photo).forEach((term, depth, path) => {
      aboves.set(term, path.slice(0, depth))
    })
    if (cluster < 0) return
    sizes[cluster] = (sizes[cluster] ?? 0) + 1
    for (const term of terms) tally(inCluster[cluster], term)
  })
  const names = inCluster.map((counts, cluster) => {
    const size = sizes[cluster] ?? 0
    const rest = ofPoint.length - size
    const candidates: Candidate[] = []
    for (const [term, held] of counts) {
      const all = everywhere.get(term) ?? 0
      const share = held / size
      const elsewhere = rest === 0 ? 0 : (all - held) / rest
      if (share >= leastLift * elsewhere) {
        candidates.push({ term, share, everywhere: all, above: above(term) })
      }
    }
    return nameOf(candidates)
  })
  return names.map((name, cluster) => {
    if (name === '' || names.indexOf(name) === names.lastIndexOf(name)) return name
    const [addition, held] =
      [...(inCluster[cluster] ?? [])]
        .filter(([term]) => above(term).includes(name))
        .sort((a, b) => b[1] - a[1] || above(b[0]).length - above(a[0]).length)[0] ?? []
    const enough = (held ?? 0) >= leastAddition * (sizes[cluster] ?? 0)
    return addition === undefined || !enough ? name : `${name}: ${addition}`
  })
}

function tally(counts: Map<string, number> | undefined, term: string): void {
  counts?.set(term, (counts.get(term) ?? 0) + 1)
}

function nameOf(candidates: readonly Candidate[]): string {
  const most = [...candidates]
    .sort((a, b) => a.everywhere - b.everywhere || b.above.length - a.above.length || byTerm(a, b))
    .find(({ share }) => share >= leastShare)
  if (most !== undefined && most.above.length > 0) return most.term
  const parts = [...candidates]
    .filter(({ share, above }) => share >= leastPart && above.length > 0)
    .sort((a, b) => b.share - a.share || a.everywhere - b.everywhere || byTerm(a, b))
  const [first] = parts
  const second = parts.find(
    ({ term, above }) =>
      term !== first?.term && !above.includes(first?.term ?? '') && !first?.above.includes(term),
  )
  if (first !== undefined && second !== undefined) return `${first.term}, ${second.term}`
  if (most === undefined) {
    return first?.term ?? [...candidates].sort((a, b) => b.share - a.share)[0]?.term ?? ''
  }
  if (first === undefined) return most.term
  return `${most.term}${first.above.includes(most.term) ? ':' : ','} ${first.term}`
}

const byTerm = (a: Candidate, b: Candidate): number => (a.term < b.term ? -1 : 1)
