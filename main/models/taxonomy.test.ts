import { describe, expect, it } from 'vitest'
import { imagenet1k } from './labels.ts'
import { taxonomyPath } from './taxonomy.ts'

describe('taxonomyPath', () => {
  it('leads from the general to the special', () => {
    expect(taxonomyPath('n02099712')).toEqual(['animal', 'mammal', 'dog', 'retriever'])
    expect(taxonomyPath('n07753592')).toEqual(['food', 'fruit'])
    expect(taxonomyPath('n04285008')).toEqual(['object', 'vehicle', 'car'])
  })

  it('knows every class of ImageNet', () => {
    for (let index = 0; index < imagenet1k.size; index++) {
      const { wnid, name } = imagenet1k.label(index, 0)
      expect(taxonomyPath(wnid), name).not.toEqual([])
    }
  })

  it('is empty for another label set', () => {
    expect(taxonomyPath('')).toEqual([])
  })
})
