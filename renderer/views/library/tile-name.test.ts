import { describe, expect, it } from 'vitest'
import type { PhotoRow } from '../../../preload/contract/domain.ts'
import { tileName } from './tile-name.ts'

const row: PhotoRow = {
  id: 1,
  name: 'dog.jpg',
  status: 'ok',
  widthPx: 3,
  heightPx: 2,
  dominantColour: '#000000',
  hasThumbnail: true,
  labels: [{ index: 207, wnid: 'n02099601', name: 'golden retriever', probability: 0.92 }],
  truth: null,
}

describe('tileName', () => {
  it('names the file and its best label', () => {
    expect(tileName(row, 0.2)).toBe('dog.jpg, golden retriever 92%')
  })

  it('says what a person said before what the network says', () => {
    const truth = { wnid: '', name: 'whippet' }
    expect(tileName({ ...row, truth }, 0.2)).toBe('dog.jpg, shows whippet, golden retriever 92%')
  })

  it('leaves out a label that is too unsure', () => {
    expect(tileName(row, 0.95)).toBe('dog.jpg')
  })

  it('says what is wrong and what is still to come', () => {
    expect(tileName({ ...row, status: 'damaged' }, 0.95)).toBe('dog.jpg, Damaged')
    expect(tileName({ ...row, status: 'pending', labels: [] }, 0)).toBe('dog.jpg, Waiting')
  })
})
