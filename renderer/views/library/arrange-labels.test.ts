import { describe, expect, it } from 'vitest'
import { arrangeLabels } from './arrange-labels.ts'

const counts = [
  { index: 207, name: 'golden retriever', count: 40 },
  { index: 208, name: 'Labrador retriever', count: 30 },
  { index: 951, name: 'lemon', count: 5 },
]
const nameOf = (index: number): string => `label ${index}`
const names = (text: string, chosen: number[] = []): string[] =>
  arrangeLabels(counts, chosen, text, nameOf).map((row) => row.name)

describe('arrangeLabels', () => {
  it('keeps the order of counts', () => {
    expect(names('')).toEqual(['golden retriever', 'Labrador retriever', 'lemon'])
  })

  it('finds by any part of the name, whatever its case', () => {
    expect(names(' RETRIEVER ')).toEqual(['golden retriever', 'Labrador retriever'])
  })

  it('puts chosen labels first, also without any photo left or against the search', () => {
    expect(names('lemon', [7])).toEqual(['label 7', 'lemon'])
    expect(arrangeLabels(counts, [951], '', nameOf)[0]).toMatchObject({ count: 5, chosen: true })
  })
})
