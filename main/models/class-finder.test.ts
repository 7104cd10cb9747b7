import { describe, expect, it } from 'vitest'
import { classFinder } from './class-finder.ts'
import { imagenet1k, labelSet } from './labels.ts'

const imagenet = classFinder(imagenet1k)
const birds = classFinder(
  labelSet([
    ['', "Haemorhous cassinii (Cassin's Finch)"],
    ['', 'Struthio camelus (Ostrich)'],
    ['', 'Great Grey Owl'],
  ]),
)
const nameOf = (found: ReturnType<typeof imagenet.named>): string =>
  found.kind === 'one' ? imagenet1k.label(found.index, 0).name : found.kind

describe('a name', () => {
  it('finds its class however its words are joined, and by a synonym', () => {
    expect(nameOf(imagenet.named('great_white-shark'))).toBe('great white shark')
    expect(nameOf(imagenet.named('Tinca tinca'))).toBe('tench')
    expect(nameOf(imagenet.named('012.house finch'))).toBe('house finch')
  })

  it('finds its class by a WordNet id at its beginning', () => {
    expect(nameOf(imagenet.named('n01440764'))).toBe('tench')
    expect(nameOf(imagenet.named('N01498041_stingray.JPEG'))).toBe('stingray')
    expect(nameOf(imagenet.named('n014980410'))).toBe('none')
    expect(nameOf(imagenet.named('n00000001_thing'))).toBe('none')
  })

  it('is left out when it stands for several', () => {
    expect(nameOf(imagenet.named('crane'))).toBe('several')
    expect(nameOf(imagenet.named('holidays'))).toBe('none')
  })
})

describe('the same thing', () => {
  it('is found in another set of labels by its names', () => {
    expect(birds.same({ wnid: 'n01518878', name: 'ostrich' })).toBe(1)
    expect(birds.same({ wnid: 'n01622779', name: 'great grey owl' })).toBe(2)
    expect(birds.same({ wnid: 'n02123045', name: 'tabby' })).toBeUndefined()
    expect(birds.named('n01518878_12.JPEG')).toEqual({ kind: 'one', index: 1 })
  })

  it('is not found by a name that WordNet gives to another thing', () => {
    const machine = classFinder(labelSet([['n03126707', 'crane']]))
    expect(machine.same({ wnid: 'n02012849', name: 'crane' })).toBeUndefined()
    expect(machine.same({ wnid: '', name: 'Crane' })).toBe(0)
  })
})

it('searches names and synonyms, the beginning of a name first', () => {
  const found = imagenet.search('tabby', 5).map(({ name }) => name)
  expect(found[0]).toBe('tabby')
  expect(imagenet.search('tinca', 5).map(({ name }) => name)).toEqual(['tench'])
  expect(imagenet.search('', 3)).toHaveLength(3)
})
