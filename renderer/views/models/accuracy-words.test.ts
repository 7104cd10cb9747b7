import { describe, expect, it } from 'vitest'
import { boundsText, differenceWords, shareText, sourcesWords } from './accuracy-words.ts'

const names = { own: 'A', other: 'B' }

describe('words on accuracy', () => {
  it('give shares to a tenth of a percent', () => {
    const share = { right: 463, of: 500, low: 0.8996, high: 0.9459 }
    expect([shareText(share), boundsText(share)]).toEqual(['92.6%', '90.0 to 94.6%'])
    expect(shareText({ right: 0, of: 0, low: 0, high: 1 })).toBe('–')
  })

  it('call a model better only when chance does not explain it', () => {
    expect(differenceWords({ ownOnly: 33, otherOnly: 14, p: 0.0079 }, names)).toContain(
      'A is better on such photos (McNemar’s test, p = 0.008)',
    )
    expect(differenceWords({ ownOnly: 4, otherOnly: 6, p: 0.754 }, names)).toContain(
      'no difference is shown (McNemar’s test, p = 0.75)',
    )
    expect(differenceWords({ ownOnly: 0, otherOnly: 90, p: 1e-9 }, names)).toContain('B is better')
  })

  it('say where the truth is from and what was left out', () => {
    const folders = [
      { folder: 'dogs/pug', label: 'pug', photos: 3 },
      { folder: 'tabby', label: 'tabby', photos: 1 },
    ]
    expect(
      sourcesWords({ said: 1, fileName: 0, folders, ambiguous: [], foreign: 0, unseen: 2 }),
    ).toBe(
      'The truth is from 1 photo that you spoke of, 4 photos in 2 folders called like a class. Left out: 2 photos not labelled yet.',
    )
  })
})
