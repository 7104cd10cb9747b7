import { describe, expect, it } from 'vitest'
import { namesInside } from './names-inside.ts'

const inside = (key: string, value: string) =>
  namesInside({ metadata: [{ key, value }] })?.map(([, name]) => name)

describe('class names inside a file', () => {
  it('are read as Python and JSON write them', () => {
    expect(inside('names', `{0: 'cat', 1: "dog's toy", 2: 'it\\'s'}`)).toEqual([
      'cat',
      "dog's toy",
      "it's",
    ])
    expect(inside('id2label', '{"1": "b", "0": "a: \\"x\\""}')).toEqual(['a: "x"', 'b'])
    expect(inside('classes', `['cat', "dog"]`)).toEqual(['cat', 'dog'])
  })

  it('are none when they leave one out or are something else', () => {
    expect(inside('names', "{0: 'cat', 2: 'dog'}")).toBeUndefined()
    expect(inside('author', "['a', 'b']")).toBeUndefined()
    expect(inside('names', 'cat, dog')).toBeUndefined()
  })
})
