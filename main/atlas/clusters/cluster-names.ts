// Names of clusters, from what their photos show.

/** What a photo shows, the most general term first, its own label last; empty when unknown. */
export type Terms = readonly string[]

/** A term counts for a cluster that it covers this much of. */
const leastShare = 0.5
/** How much commoner a term must be in the cluster than elsewhere. */
const leastLift = 1.5
/** Two terms that together make up a mixed cluster each cover at least this much. */
const leastPart = 0.25

interface Candidate {
  readonly term: string
  /** Of the cluster's photos, the share that carries it. */
  readonly share: number
  /** How many photos carry it anywhere: the fewer, the more it says. */
  readonly everywhere: number
  /** How many terms stand above it. */
  readonly depth: number
}

/**
 * The most specific term that covers most of a cluster and is commoner there than elsewhere; for a
 * mixed cluster the two largest parts, "cat, dog"; for one without either, the term that stands out
 * most. Clusters that come to the same name get their commonest label added: "dog: beagle".
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
  const depths = new Map<string, number>()
  const inCluster = Array.from({ length: count }, () => new Map<string, number>())
  const labels = Array.from({ length: count }, () => new Map<string, number>())
  const sizes = new Uint32Array(count)
  ofPoint.forEach((cluster, photo) => {
    const terms = new Set(termsOf(photo))
    for (const term of terms) tally(everywhere, term)
    termsOf(photo).forEach((term, depth) => {
      depths.set(term, depth)
    })
    if (cluster < 0) return
    sizes[cluster] = (sizes[cluster] ?? 0) + 1
    for (const term of terms) tally(inCluster[cluster], term)
    const label = [...terms].at(-1)
    if (label !== undefined) tally(labels[cluster], label)
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
        candidates.push({ term, share, everywhere: all, depth: depths.get(term) ?? 0 })
      }
    }
    return nameOf(candidates)
  })
  return withoutRepeats(names, labels)
}

function tally(counts: Map<string, number> | undefined, term: string): void {
  counts?.set(term, (counts.get(term) ?? 0) + 1)
}

function nameOf(candidates: readonly Candidate[]): string {
  const specific = [...candidates].sort(
    (a, b) => a.everywhere - b.everywhere || b.depth - a.depth || (a.term < b.term ? -1 : 1),
  )
  const most = specific.find(({ share }) => share >= leastShare)
  if (most !== undefined) return most.term
  const [first, second] = [...candidates]
    .filter(({ share }) => share >= leastPart)
    .sort((a, b) => b.share - a.share || a.everywhere - b.everywhere || (a.term < b.term ? -1 : 1))
  if (first !== undefined && second !== undefined) return `${first.term}, ${second.term}`
  return first?.term ?? [...candidates].sort((a, b) => b.share - a.share)[0]?.term ?? ''
}

function withoutRepeats(
  names: readonly string[],
  labels: readonly ReadonlyMap<string, number>[],
): readonly string[] {
  return names.map((name, cluster) => {
    if (name === '' || names.indexOf(name) === names.lastIndexOf(name)) return name
    const [label] = [...(labels[cluster] ?? [])].sort((a, b) => b[1] - a[1])[0] ?? ['']
    return label === '' || label === name ? name : `${name}: ${label}`
  })
}
