import { describe, expect, it } from 'vitest'
import { areImagenet, fitLabels, parseLabels } from './label-file.ts'
import { type ClassName, imagenet1k } from './labels.ts'

const named = (...names: string[]): ClassName[] => names.map((name) => ['', name])

describe('parseLabels', () => {
  it('reads names alone, numbered and with WordNet ids', () => {
    expect(parseLabels('\uFEFFtench, Tinca tinca\r\ngoldfish\r\n\r\n')).toEqual(
      named('tench, Tinca tinca', 'goldfish'),
    )
    expect(parseLabels('0: tench\n1\tgoldfish\n2 white shark')).toEqual(
      named('tench', 'goldfish', 'white shark'),
    )
    expect(parseLabels('n01440764 tench, Tinca tinca\nn01443537')).toEqual([
      ['n01440764', 'tench, Tinca tinca'],
      ['n01443537', 'n01443537'],
    ])
  })

  it('keeps names that begin with digits', () => {
    expect(parseLabels('3D printer')).toEqual(named('3D printer'))
  })

  it('gives blank lines in between their number', () => {
    expect(parseLabels('a\n\nb')).toEqual(named('a', 'Class 1', 'b'))
  })
})

describe('fitLabels', () => {
  it('drops a background class wherever it stands', () => {
    expect(fitLabels(named('background', 'a', 'b'), 3)).toEqual({
      classes: named('a', 'b'),
      droppedFirst: 1,
      droppedLast: 0,
    })
    expect(fitLabels(named('a', 'b', 'background'), 3)).toMatchObject({
      classes: named('a', 'b'),
      droppedLast: 1,
    })
    expect(fitLabels(named('a', 'b'), 3)).toMatchObject({ droppedFirst: 1 })
    expect(fitLabels(named('dummy', 'a', 'b'), 2)).toMatchObject({ classes: named('a', 'b') })
  })

  it('says how many lines it wanted', () => {
    expect(() => fitLabels(named('a', 'b'), 5)).toThrow("network's 5 classes but received 2")
  })
})

describe('areImagenet', () => {
  const classes = Array.from({ length: 1000 }, (_, i) => imagenet1k.label(i, 0).name)

  it('knows the 1000 classes with and without synonyms, not in another order', () => {
    expect(areImagenet(named(...classes))).toBe(true)
    expect(areImagenet(named(...classes.map((name) => `${name}, something else`)))).toBe(true)
    expect(areImagenet(named(...classes.toReversed()))).toBe(false)
    expect(areImagenet(named('a', 'b'))).toBe(false)
  })
})
