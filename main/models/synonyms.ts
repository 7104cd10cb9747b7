// By which names a class goes, beside the one that is shown.
import imagenetSynonyms from '../../models/imagenet-synonyms.json'

const synonymsByWnid: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(imagenetSynonyms as Readonly<Record<string, readonly string[]>>),
)

/**
 * WordNet's other names, and the parts of a name that lists several: `tench, Tinca tinca`,
 * `Haemorhous cassinii (Cassin's Finch)`.
 */
export function otherNames({ wnid, name }: { wnid: string; name: string }): readonly string[] {
  const [, before = '', within = ''] = /^(.+?)\s*\(([^)]+)\)$/.exec(name) ?? []
  const parts = [before, within, ...(name.includes(',') ? name.split(',') : [])]
  return [...(synonymsByWnid.get(wnid) ?? []), ...parts]
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== name)
}
