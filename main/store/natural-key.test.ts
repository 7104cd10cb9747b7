import { describe, expect, it } from 'vitest'
import { naturalKey } from './natural-key.ts'

const sorted = (names: readonly string[]): string[] =>
  names.toSorted((a, b) => {
    const [x, y] = [naturalKey(a), naturalKey(b)]
    return x < y ? -1 : x > y ? 1 : 0
  })

describe('naturalKey', () => {
  it('orders numbers by value', () => {
    const order = ['img1.jpg', 'img2.jpg', 'img10.jpg', 'img100.jpg', 'img1000.jpg']
    expect(sorted(order.toReversed())).toEqual(order)
  })

  it('orders every number in a name, the first one first', () => {
    const order = ['2019-2-1', '2019-2-11', '2019-10-2', '2020-1-1']
    expect(sorted(order.toReversed())).toEqual(order)
  })

  it('orders numbers that no double can hold', () => {
    const order = ['a9007199254740992', 'a9007199254740993', 'a90071992547409930']
    expect(sorted(order.toReversed())).toEqual(order)
  })

  it('takes no notice of case and leading zeros', () => {
    expect(naturalKey('IMG_0012.JPG')).toBe(naturalKey('img_12.jpg'))
    expect(naturalKey('000')).toBe(naturalKey('0'))
  })

  it('takes no notice of how an accent is composed, but of the accent', () => {
    expect(naturalKey('é'.normalize('NFD'))).toBe(naturalKey('é'.normalize('NFC')))
    expect(naturalKey('é')).not.toBe(naturalKey('e'))
  })

  it('orders a name before the same name with more behind it', () => {
    expect(sorted(['img1b', 'img1', 'img'])).toEqual(['img', 'img1', 'img1b'])
  })
})
