// In which order the channels of a layer are shown, and which of them a search finds.

export type ChannelSort = 'strength' | 'mean' | 'sparsity' | 'number'

interface ChannelFacts {
  readonly channels: number
  readonly minima: Float32Array
  readonly maxima: Float32Array
  readonly means: Float32Array
  readonly sparsities: Float32Array
}

const byKey = (keys: Float32Array, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, channel) => channel).sort(
    (a, b) => (keys[b] ?? 0) - (keys[a] ?? 0) || a - b,
  )

/** Channel numbers: strongest, highest on average or least sparse first, or as they come. */
export function channelOrder(facts: ChannelFacts, sort: ChannelSort): Uint32Array {
  const { channels, maxima, means, sparsities } = facts
  switch (sort) {
    case 'strength':
      return byKey(maxima, channels)
    case 'mean':
      return byKey(means, channels)
    case 'sparsity':
      return byKey(
        sparsities.map((share) => -share),
        channels,
      )
    case 'number':
      return Uint32Array.from({ length: channels }, (_, channel) => channel)
  }
}

/** Channels whose ranges lie furthest apart on two photos first. */
export function orderByDifference(a: ChannelFacts, b: ChannelFacts): Uint32Array {
  const differences = a.means.map((mean, channel) => Math.abs(mean - (b.means[channel] ?? 0)))
  return byKey(differences, a.channels)
}

export const strongestChannel = (facts: ChannelFacts): number => {
  let best = 0
  for (let channel = 1; channel < facts.channels; channel++) {
    if ((facts.maxima[channel] ?? 0) > (facts.maxima[best] ?? 0)) best = channel
  }
  return best
}

/** "17", "3, 40-47" or "12 80"; a single number also finds the ones that begin with it. */
export function findChannels(order: Uint32Array, text: string): Uint32Array {
  const parts = text.split(/[\s,;]+/).filter((part) => /^\d+(-\d*)?$/.test(part))
  if (parts.length === 0) return text.trim() === '' ? order : new Uint32Array()
  const [only = ''] = parts
  const matches = (channel: number): boolean =>
    parts.some((part) => {
      const [from = '', to] = part.split('-')
      if (to === undefined) return Number(from) === channel
      return channel >= Number(from) && (to === '' || channel <= Number(to))
    })
  const exact = order.filter(matches)
  if (parts.length > 1 || only.includes('-')) return exact
  const digits = String(Number(only))
  const longer = order.filter((channel) => !matches(channel) && String(channel).startsWith(digits))
  return Uint32Array.from([...exact, ...longer])
}
