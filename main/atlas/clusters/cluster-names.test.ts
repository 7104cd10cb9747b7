import { describe, expect, it } from 'vitest'
import { clusterNames, type Terms } from './cluster-names.ts'

/** Photos of each cluster, by their terms; the last list is of outliers. */
function namesOf(...clusters: readonly (readonly Terms[])[]): readonly string[] {
  const photos = clusters.flat()
  const count = clusters.length - 1
  const ofPoint = Int32Array.from(
    clusters.flatMap((terms, i) => terms.map(() => (i === count ? -1 : i))),
  )
  return clusterNames(ofPoint, count, (photo) => photos[photo] ?? [])
}

const times = (n: number, ...terms: string[]): readonly Terms[] =>
  Array.from({ length: n }, () => terms)

describe('the name of a cluster', () => {
  it('is its label where most photos share one', () => {
    const beagles = [...times(8, 'animal', 'mammal', 'dog', 'beagle'), ...times(2, 'animal', 'cat')]
    expect(namesOf(beagles, times(10, 'thing', 'car'), [])).toEqual(['beagle', 'car'])
  })

  it('is the term above where labels differ', () => {
    const dogs = ['beagle', 'pug', 'collie', 'boxer'].flatMap((label) =>
      times(3, 'animal', 'mammal', 'dog', label),
    )
    const birds = ['robin', 'jay', 'magpie'].flatMap((label) => times(4, 'animal', 'bird', label))
    expect(namesOf(dogs, birds, [])).toEqual(['dog', 'bird'])
  })

  it('is not a term that all photos carry', () => {
    const park = [
      ...times(4, 'thing', 'bench'),
      ...times(4, 'thing', 'fountain'),
      ...times(1, 'thing', 'car'),
    ]
    const street = times(9, 'thing', 'car')
    expect(namesOf(park, street, [])).toEqual(['bench, fountain', 'car'])
  })

  it('tells clusters apart that come to the same', () => {
    const dogs = (label: string): readonly Terms[] => [
      ...times(4, 'animal', 'dog', label),
      ...times(3, 'animal', 'dog', 'pug'),
      ...times(3, 'animal', 'dog', 'boxer'),
    ]
    const names = namesOf(dogs('beagle'), dogs('collie'), times(40, 'thing', 'car'))
    expect(names).toEqual(['dog: beagle', 'dog: collie'])
  })

  it('says more than a term that covers nearly everything', () => {
    const animals = [
      ...times(3, 'animal', 'bird', 'robin'),
      ...['pug', 'ox', 'fox', 'elk', 'ant', 'fly'].flatMap((one) =>
        times(1, 'animal', one, `${one}let`),
      ),
    ]
    const clothes = [
      ...times(5, 'object', 'clothing', 'garment', 'coat'),
      ...times(4, 'object', 'clothing', 'garment', 'suit'),
    ]
    expect(namesOf(animals, clothes, [])).toEqual(['animal: robin', 'garment'])
  })

  it('is of what is rare elsewhere, not of what is common everywhere', () => {
    const zoo = [
      ...times(6, 'animal', 'mammal', 'monkey', 'gibbon'),
      ...times(4, 'animal', 'mammal', 'otter'),
    ]
    const farm = times(30, 'animal', 'mammal', 'hoofed mammal', 'ox')
    expect(namesOf(zoo, farm, [])[0]).toBe('gibbon')
  })

  it('does not go by what the network only guesses', () => {
    const photos: readonly Terms[] = [
      ...times(4, 'object', 'vehicle', 'truck'),
      ...times(6, 'object', 'furniture', 'sofa'),
      ...times(9, 'animal', 'bird', 'robin'),
    ]
    const ofPoint = Int32Array.from(photos, (_, photo) => (photo < 10 ? 0 : 1))
    const sure = (photo: number): number => (photo >= 4 && photo < 10 ? 0.1 : 0.9)
    expect(clusterNames(ofPoint, 2, (photo) => photos[photo] ?? [], sure)[0]).toBe('truck')
  })

  it('says when a cluster is a mixture', () => {
    const singles = ['hen', 'drum', 'pizza', 'yawl', 'moss'].map((one) => [one, `${one}s`])
    const mixture = [...singles, ...times(1, 'thing', 'car', 'cab')]
    expect(namesOf(mixture, times(20, 'animal', 'dog', 'pug'), [])[0]).toMatch(/^mixed: /)
  })

  it('is empty where nothing is known', () => {
    expect(namesOf(times(3), [])).toEqual([''])
  })
})
