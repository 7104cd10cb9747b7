// Finds labels by a part of their name.

const mostFound = 40

/** Indices: names that begin with the text first, then words that do, then the others. */
export function searchLabels(names: readonly string[], text: string): readonly number[] {
  const wanted = text.trim().toLowerCase()
  const rank = (name: string): number => {
    const low = name.toLowerCase()
    if (low.startsWith(wanted)) return 0
    if (low.includes(` ${wanted}`)) return 1
    return low.includes(wanted) ? 2 : 3
  }
  return names
    .map((name, index) => ({ name, index, rank: rank(name) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .slice(0, mostFound)
    .map(({ index }) => index)
}
