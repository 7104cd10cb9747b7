import { describe, expect, it } from 'vitest'
import type { Truth } from '../../../preload/contract/truth.ts'
import { labelSet } from '../../models/labels.ts'
import { type JudgedModel, judge } from './accuracy.ts'

const animals = labelSet([
  ['n02084071', 'dog'],
  ['n02121620', 'cat'],
  ['n02012849', 'crane'],
  ['n03126707', 'crane'],
])
/** Other numbers, no ids, and no cranes. */
const pets = labelSet([
  ['', 'Cat'],
  ['', 'Dog'],
  ['', 'hamster'],
])

const columnsOf = (
  photos: readonly (readonly [name: string, folder: string, said?: Truth])[],
): Parameters<typeof judge>[0] => ({
  ids: Uint32Array.from(photos, (_, i) => i + 1),
  names: photos.map(([name]) => name),
  folders: photos.map(([, folder]) => folder),
  said: new Map(photos.flatMap(([, , said], i) => (said === undefined ? [] : [[i + 1, said]]))),
})

/** @param labels of each photo, best first; null for one that was not seen */
function model(
  modelId: string,
  labels: JudgedModel['labels'],
  ranks: readonly (readonly number[] | null)[],
): JudgedModel {
  const seen = ranks.flatMap((ranking, i) => (ranking === null ? [] : [{ id: i + 1, ranking }]))
  return {
    modelId,
    labels,
    ranked: {
      ids: Uint32Array.from(seen, ({ id }) => id),
      classes: Int32Array.from(
        seen.flatMap(({ ranking }) => [...ranking, -1, -1, -1, -1, -1].slice(0, 5)),
      ),
    },
  }
}

describe('accuracy', () => {
  it('counts what folders, file names and people say, and leaves out what is not clear', () => {
    const { accuracy, wrong } = judge(
      columnsOf([
        ['1.jpg', 'pets/Dog'],
        ['2.jpg', 'pets/Dog/old'],
        ['n02121620_7.JPEG', 'Dog'],
        ['4.jpg', 'Dog', { wnid: 'n02121620', name: 'cat' }],
        ['5.jpg', 'crane'],
        ['6.jpg', 'holidays'],
        ['7.jpg', 'cat'],
        ['8.jpg', '', { wnid: '', name: 'zeppelin' }],
      ]),
      model('a', animals, [[0], [1, 0], [1], [0, 1], [2], [0], null, [0]]),
      null,
    )
    expect(accuracy.photos).toBe(4)
    expect(accuracy.isEnough).toBe(false)
    expect([accuracy.own.top1.right, accuracy.own.top5.right]).toEqual([2, 4])
    expect(wrong).toEqual({ own: [2, 4], other: [], both: [] })
    expect(accuracy.sources).toEqual({
      said: 1,
      fileName: 1,
      folders: [
        { folder: 'pets/Dog', label: 'dog', photos: 1 },
        { folder: 'pets/Dog/old', label: 'dog', photos: 1 },
      ],
      ambiguous: [{ folder: 'crane', photos: 1 }],
      foreign: 1,
      unseen: 1,
    })
    expect(accuracy.own.mistakes).toEqual([
      { truth: 'cat', taken: 'dog', count: 1 },
      { truth: 'dog', taken: 'cat', count: 1 },
    ])
  })

  it('judges two models on the photos that both can know', () => {
    const { accuracy, wrong } = judge(
      columnsOf([
        ['1.jpg', 'dog'],
        ['2.jpg', 'dog'],
        ['3.jpg', 'cat'],
        ['4.jpg', 'cat'],
        ['5.jpg', '', { wnid: 'n02012849', name: 'crane' }],
      ]),
      model('a', animals, [[0], [0], [0], [0], [2]]),
      model('b', pets, [[1], [2, 1], [0], [1], [2]]),
    )
    expect(accuracy.photos).toBe(4)
    expect(accuracy.sources.foreign).toBe(1)
    expect([accuracy.own.top1.right, accuracy.other?.top1.right]).toEqual([2, 2])
    expect(accuracy.difference).toEqual({ ownOnly: 1, otherOnly: 1, p: 1 })
    expect(wrong).toEqual({ own: [3], other: [2], both: [4] })
    expect(accuracy.classes).toEqual([
      { index: 1, name: 'cat', photos: 2, ownRight: 0, otherRight: 1 },
      { index: 0, name: 'dog', photos: 2, ownRight: 2, otherRight: 1 },
    ])
  })

  it('says nothing where nothing is known', () => {
    const { accuracy } = judge(columnsOf([['1.jpg', 'x']]), model('a', animals, [[0]]), null)
    expect(accuracy.photos).toBe(0)
    expect(accuracy.own.top1).toEqual({ right: 0, of: 0, low: 0, high: 1 })
  })
})
