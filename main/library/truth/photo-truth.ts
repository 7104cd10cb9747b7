// What a photo really shows: as a person said, else by its file's name, else by its folder.
import type { Truth } from '../../../preload/contract/truth.ts'
import type { ClassFinder, FoundClass } from '../../models/class-finder.ts'

export interface PlacedPhoto {
  readonly name: string
  /** Inside the library, `/`-separated. */
  readonly folder: string
  readonly said: Truth | undefined
}

export type PhotoTruth =
  | {
      readonly kind: 'known'
      readonly index: number
      readonly source: 'said' | 'file-name' | 'folder'
    }
  /** The folder's name stands for several classes. */
  | { readonly kind: 'ambiguous' }
  /** It shows something that the label set has no class for. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' }

/** @returns what a photo shows, as a class of the finder's label set */
export function truthTeller(finder: ClassFinder): (photo: PlacedPhoto) => PhotoTruth {
  const byFolder = new Map<string, FoundClass>()
  const ofFolder = (folder: string): FoundClass => {
    const known = byFolder.get(folder)
    if (known !== undefined) return known
    // The innermost folder that names something: `animals/crane/2019`.
    const found = folder
      .split('/')
      .reverse()
      .map((part): FoundClass => (part === '' ? { kind: 'none' } : finder.named(part)))
      .find(({ kind }) => kind !== 'none') ?? { kind: 'none' }
    byFolder.set(folder, found)
    return found
  }
  return ({ name, folder, said }) => {
    if (said !== undefined) {
      const index = finder.same(said)
      return index === undefined ? { kind: 'foreign' } : { kind: 'known', index, source: 'said' }
    }
    if (/^n\d{8}(?!\d)/i.test(name)) {
      const found = finder.named(name)
      if (found.kind !== 'one') return { kind: 'foreign' }
      return { kind: 'known', index: found.index, source: 'file-name' }
    }
    const found = ofFolder(folder)
    if (found.kind === 'one') return { kind: 'known', index: found.index, source: 'folder' }
    return { kind: found.kind === 'several' ? 'ambiguous' : 'unknown' }
  }
}
