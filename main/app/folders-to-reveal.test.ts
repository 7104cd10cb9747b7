import { describe, expect, it } from 'vitest'
import { firstInEachFolder } from './folders-to-reveal.ts'

describe('revealing several photos', () => {
  it('shows one file of each folder, in the order in which the folders come', () => {
    const paths = ['/p/b/2.jpg', '/p/a/1.jpg', '/p/b/1.jpg', '/p/3.jpg', '/p/a/9.jpg']
    expect(firstInEachFolder(paths)).toEqual(['/p/b/2.jpg', '/p/a/1.jpg', '/p/3.jpg'])
  })

  it('shows nothing of nothing', () => {
    expect(firstInEachFolder([])).toEqual([])
  })
})
