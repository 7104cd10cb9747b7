import { describe, expect, it } from 'vitest'
import { namesInside } from './names-inside.ts'

const inside = (key: string, value: string, count: number) =>
  namesInside({ metadata: [{ key, value }] }, count)?.map(([, name]) => name)

describe('class names inside a file', () => {
  it('are read as Python and JSON write them', () => {
    expect(inside('names', `{0: 'cat', 1: "dog's toy", 2: 'it\\'s'}`, 3)).toEqual([
      'cat',
      "dog's toy",
      "it's",
    ])
    expect(inside('id2label', '{"1": "b", "0": "a: \\"x\\""}', 2)).toEqual(['a: "x"', 'b'])
    expect(inside('classes', `['cat', "dog"]`, 2)).toEqual(['cat', 'dog'])
  })

  it('are none when they are not as many as the scores, leave one out, or are something else', () => {
    expect(inside('names', "{0: 'cat', 1: 'dog'}", 3)).toBeUndefined()
    expect(inside('names', "{0: 'cat', 2: 'dog'}", 2)).toBeUndefined()
    expect(inside('author', "['a', 'b']", 2)).toBeUndefined()
    expect(inside('names', 'cat, dog', 2)).toBeUndefined()
  })
})
