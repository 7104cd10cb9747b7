import { describe, expect, it } from 'vitest'
import { channelOrder, findChannels, orderByDifference, strongestChannel } from './channel-order.ts'

const facts = {
  channels: 4,
  minima: Float32Array.of(0, 0, 0, 0),
  maxima: Float32Array.of(1, 5, 3, 5),
  means: Float32Array.of(0.5, 0.1, 0.9, 0.2),
  sparsities: Float32Array.of(0.1, 0.9, 0.5, 0.2),
}
const listed = (order: Uint32Array): number[] => [...order]

describe('the order of channels', () => {
  it('puts the strongest, brightest or least sparse first, and equal ones by number', () => {
    expect(listed(channelOrder(facts, 'strength'))).toEqual([1, 3, 2, 0])
    expect(listed(channelOrder(facts, 'mean'))).toEqual([2, 0, 3, 1])
    expect(listed(channelOrder(facts, 'sparsity'))).toEqual([0, 3, 2, 1])
    expect(listed(channelOrder(facts, 'number'))).toEqual([0, 1, 2, 3])
  })

  it('knows the strongest', () => expect(strongestChannel(facts)).toBe(1))

  it('puts first what differs most between two photos', () => {
    const other = { ...facts, means: Float32Array.of(0.5, 0.8, 0.9, 0.1) }
    expect(listed(orderByDifference(facts, other))).toEqual([1, 3, 0, 2])
  })
})

describe('the search for channels', () => {
  const order = Uint32Array.from([40, 4, 3, 14, 41, 5])

  it('finds a number first and then those that begin with it', () => {
    expect(listed(findChannels(order, '4'))).toEqual([4, 40, 41])
    expect(listed(findChannels(order, ' 04 '))).toEqual([4, 40, 41])
  })

  it('finds lists and ranges in the order shown', () => {
    expect(listed(findChannels(order, '3, 40-45'))).toEqual([40, 3, 41])
    expect(listed(findChannels(order, '14-'))).toEqual([40, 14, 41])
  })

  it('finds everything with nothing, and nothing with words', () => {
    expect(findChannels(order, ' ')).toBe(order)
    expect(listed(findChannels(order, 'dog'))).toEqual([])
  })
})
