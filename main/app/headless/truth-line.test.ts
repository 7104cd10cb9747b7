import { expect, it } from 'vitest'
import { imagenet1k, labelSet } from '../../models/labels.ts'
import { truthLines } from './truth-line.ts'

const place = { name: '1.jpg', folder: '', said: undefined }

it('says what a photo really shows, and who says so', () => {
  const line = truthLines(imagenet1k)
  const tench = { wnid: 'n01440764', name: 'tench' }
  expect(line({ ...place, folder: 'fish/Tinca_tinca' })).toEqual({
    truth: { ...tench, from: 'folder' },
  })
  expect(line({ ...place, name: 'n01440764_4.jpg', folder: 'tabby' })).toEqual({
    truth: { ...tench, from: 'file-name' },
  })
  const said = { wnid: '', name: 'zeppelin' }
  expect(line({ ...place, said })).toEqual({ truth: { ...said, from: 'person' } })
  expect(line({ ...place, folder: 'holidays' })).toEqual({})
})

it('knows ImageNet’s names for a network that has none', () => {
  expect(truthLines(labelSet([]))({ ...place, folder: 'tabby' })).toEqual({
    truth: { wnid: 'n02123045', name: 'tabby', from: 'folder' },
  })
})
