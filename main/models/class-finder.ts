// Finds the class that a name stands for: a folder's, a file's, or what a person said.
import type { Truth } from '../../preload/contract/truth.ts'
import { imagenet1k, type LabelSet } from './labels.ts'
import { otherNames } from './synonyms.ts'

export type FoundClass =
  | { readonly kind: 'one'; readonly index: number }
  /** The name stands for more than one class (crane: a bird, and a machine). */
  | { readonly kind: 'several' }
  | { readonly kind: 'none' }

export interface ClassFinder {
  /** By a WordNet id at its beginning, or by name or synonym: `n01440764`, `Great_White-shark`. */
  named(text: string): FoundClass
  /** The class of this set that is the same thing; undefined when there is none. */
  same(truth: Truth): number | undefined
  /** Classes whose name or synonym contains the text, best match first. */
  search(text: string, limit: number): readonly Truth[]
}

const none: FoundClass = { kind: 'none' }

/** Case, and how words are joined in file names, are nothing. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

export function classFinder(labels: LabelSet): ClassFinder {
  const classes = Array.from({ length: labels.size }, (_, index) => labels.label(index, 0))
  const byWnid = new Map<string, number>()
  const byName = new Map<string, Set<number>>()
  const bySynonym = new Map<string, Set<number>>()
  for (const { index, wnid, name } of classes) {
    if (wnid !== '') byWnid.set(wnid, index)
    addTo(byName, plainName(name), index)
    for (const other of otherNames({ wnid, name })) addTo(bySynonym, plainName(other), index)
  }
  const byText = (text: string): FoundClass => {
    const name = plainName(text)
    // A class's own name goes before what others are called too.
    const found = byName.get(name) ?? bySynonym.get(name)
    if (found === undefined) return none
    const [index] = found
    return found.size > 1 || index === undefined ? { kind: 'several' } : { kind: 'one', index }
  }
  const same = ({ wnid, name }: Truth): number | undefined => {
    const known = byWnid.get(wnid)
    if (known !== undefined) return known
    for (const one of [name, ...otherNames({ wnid, name })]) {
      const found = byText(one)
      if (found.kind !== 'one') continue
      const own = classes[found.index]?.wnid ?? ''
      // Two WordNet ids are two things, whatever they are called.
      if (wnid === '' || own === '') return found.index
    }
    return undefined
  }
  return {
    named(text) {
      const [, wnid = ''] = /^(n\d{8})(?!\d)/i.exec(text) ?? []
      if (wnid !== '') {
        const index = same(imagenetClass(wnid.toLowerCase()) ?? { wnid, name: wnid })
        return index === undefined ? none : { kind: 'one', index }
      }
      const found = byText(text)
      // Data sets number their folders: `001.Black_footed_Albatross`.
      return found.kind === 'none' ? byText(text.replace(/^\d+[\s._-]+/, '')) : found
    },
    same,
    search: (text, limit) => searchClasses(classes, plainName(text), limit),
  }
}

const imagenetIndex = new Map(
  Array.from({ length: imagenet1k.size }, (_, index) => [imagenet1k.label(index, 0).wnid, index]),
)

function imagenetClass(wnid: string): Truth | undefined {
  const index = imagenetIndex.get(wnid)
  return index === undefined ? undefined : { wnid, name: imagenet1k.label(index, 0).name }
}

function addTo(map: Map<string, Set<number>>, name: string, index: number): void {
  map.set(name, (map.get(name) ?? new Set()).add(index))
}

/** Names that begin with the text, then those with a word that does, then the others. */
function searchClasses(classes: readonly Truth[], text: string, limit: number): readonly Truth[] {
  const rankOf = (name: string): number => {
    const plain = plainName(name)
    if (plain.startsWith(text)) return 0
    return plain.includes(` ${text}`) ? 1 : plain.includes(text) ? 2 : 3
  }
  return classes
    .map(({ wnid, name }) => ({
      truth: { wnid, name },
      // What is shown goes before what it is called too.
      rank: Math.min(rankOf(name) * 2, ...otherNames({ wnid, name }).map((o) => rankOf(o) * 2 + 1)),
    }))
    .filter(({ rank }) => rank < 6)
    .sort((a, b) => a.rank - b.rank || a.truth.name.localeCompare(b.truth.name))
    .slice(0, limit)
    .map(({ truth }) => truth)
}
