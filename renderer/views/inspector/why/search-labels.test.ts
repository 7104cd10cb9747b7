import { describe, expect, it } from 'vitest'
import { searchLabels } from './search-labels.ts'

const names = ['hot dog', 'dogsled', 'Labrador retriever', 'bulldog', 'golden retriever']

describe('the search for labels', () => {
  it('puts names first that begin with the text, then words, then the rest', () => {
    expect(searchLabels(names, 'Dog').map((index) => names[index])).toEqual([
      'dogsled',
      'hot dog',
      'bulldog',
    ])
  })

  it('sorts equals by name, and finds nothing for what is not there', () => {
    expect(searchLabels(names, 'retriever')).toEqual([4, 2])
    expect(searchLabels(names, 'tench')).toEqual([])
  })

  it('offers all of them for nothing typed', () => {
    expect(searchLabels(names, ' ')).toHaveLength(5)
  })
})
