// An attribution as coloured pixels.
import type { Attribution } from '../../../../preload/contract/inspector.ts'
import { type ColourMapName, colourTable } from '../../../scene/colour-maps.ts'
import { scaleRange, type ValueRange } from '../../../scene/map-scale.ts'
import { fadedAtRest, rangeOf, resampled, valueImage } from '../../../scene/value-image.ts'

export interface AttributionPicture {
  readonly image: ImageData
  readonly colours: ColourMapName
  readonly range: ValueRange
}

/** SmoothGrad's few brightest pixels would leave all others dark: it ends at this share of them. */
const brightShare = 0.99

function brightValue(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort()
  return sorted[Math.floor((sorted.length - 1) * brightShare)] ?? 0
}

export function attributionPicture(map: Attribution, sidePx: number): AttributionPicture {
  const signed = map.method === 'occlusion'
  const colours = signed ? 'polar' : 'ember'
  const found = rangeOf(map.values)
  const high = map.method === 'smooth-grad' ? brightValue(map.values) : found.high
  const range = scaleRange(found.low, high, signed)
  const large = map.widthPx >= sidePx
  const values = large ? map.values : resampled(map, sidePx, sidePx)
  const image = valueImage(values, large ? map.widthPx : sidePx, range, colourTable(colours))
  const span = range.high - range.low || 1
  const shades = values.map((value) => (value - range.low) / span)
  return { image: fadedAtRest(image, shades, signed ? 0.5 : 0), colours, range }
}
