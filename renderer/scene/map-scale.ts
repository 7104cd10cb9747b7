// From bytes to shades: which value is darkest and which is lightest in a map.

/** What the scale of a map spans. */
export interface ValueRange {
  readonly low: number
  readonly high: number
}

/** `channel` stretches each map over all colours, `layer` lets maps be compared. */
export type ScaleMode = 'channel' | 'layer'

/** shade = offset + byte / 255 * gain, 0..1 from the darkest to the lightest colour. */
export interface ShadeOf {
  readonly offset: number
  readonly gain: number
}

interface ScaledMaps {
  readonly minima: Float32Array
  readonly maxima: Float32Array
  readonly min: number
  readonly max: number
}

/** From zero, or from the least value where values are negative; symmetric for a signed map. */
export function scaleRange(least: number, greatest: number, signed: boolean): ValueRange {
  if (signed) {
    const reach = Math.max(Math.abs(least), Math.abs(greatest))
    return { low: -reach, high: reach }
  }
  return { low: Math.min(0, least), high: Math.max(0, greatest) }
}

/** The range of a channel of one layer's maps, or of the same channel of two photos together. */
export function channelRange(
  maps: readonly ScaledMaps[],
  channel: number,
  mode: ScaleMode,
  signed: boolean,
): ValueRange {
  const least = maps.map(({ minima, min }) => (mode === 'layer' ? min : (minima[channel] ?? 0)))
  const greatest = maps.map(({ maxima, max }) => (mode === 'layer' ? max : (maxima[channel] ?? 0)))
  return scaleRange(Math.min(...least), Math.max(...greatest), signed)
}

/** How a channel's bytes become shades on a range. */
export function shadeOf(maps: ScaledMaps, channel: number, { low, high }: ValueRange): ShadeOf {
  const [min, max] = [maps.minima[channel] ?? 0, maps.maxima[channel] ?? 0]
  const span = high - low
  if (span <= 0) return { offset: 0, gain: 0 }
  return { offset: (min - low) / span, gain: (max - min) / span }
}
