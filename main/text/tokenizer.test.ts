import { describe, expect, it } from 'vitest'
import { colourWords, wordTokenizer } from '../models/testing/colour-pair.ts'
import { readTokenizer } from './tokenizer.ts'

const file = wordTokenizer(colourWords) as { model: { vocab: Record<string, number> } }
const json = JSON.stringify(file)
const { vocab } = file.model
const idsOf = (...tokens: string[]): number[] => tokens.map((token) => vocab[token] ?? -1)
const [begin, end] = ['<|startoftext|>', '<|endoftext|>']

describe('a tokenizer in CLIP’s form', () => {
  const tokenizer = readTokenizer(json, undefined)

  it('marks begin and end, and takes whole words case aside', () => {
    const expected = idsOf(begin, 'red</w>', 'car</w>', end)
    expect(tokenizer.encode('red car')).toEqual(expected)
    expect(tokenizer.encode('  RED\n\tCar ')).toEqual(expected)
  })

  it('takes an unknown word apart, by the merges that it has', () => {
    expect(tokenizer.encode('redo')).toEqual(idsOf(begin, 're', 'd', 'o</w>', end))
  })

  it('takes signs and digits by themselves', () => {
    expect(tokenizer.encode('red, 12')).toEqual(
      idsOf(begin, 'red</w>', ',</w>', '1</w>', '2</w>', end),
    )
  })

  it('tells what ends a text and what fills it up', () => {
    expect(tokenizer).toMatchObject({
      endId: vocab[end],
      padId: vocab[end],
      contextTokens: undefined,
      size: Object.keys(vocab).length,
    })
    const told = { pad_token: { content: 'a</w>' }, model_max_length: 77 }
    expect(readTokenizer(json, JSON.stringify(told))).toMatchObject({
      padId: vocab['a</w>'],
      contextTokens: 77,
    })
    // "No limit" is no length of a context.
    expect(readTokenizer(json, '{"model_max_length": 1e30}').contextTokens).toBeUndefined()
  })
})

it('says what is wrong with a file that is no tokenizer’s', () => {
  expect(() => readTokenizer('', undefined)).toThrow('tokenizer.json is no JSON.')
  expect(() => readTokenizer('{"model": []}', undefined)).toThrow(/no.* a tokenizer’s: model/)
  expect(() => readTokenizer(json, '{')).toThrow('tokenizer_config.json is no JSON.')
})
