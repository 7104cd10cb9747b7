// What the colours of a map stand for.
import './colour-legend.css'
import { type ColourMapName, cssGradient } from '../../../scene/colour-maps.ts'
import type { ValueRange } from '../../../scene/map-scale.ts'
import { valueWords } from '../network/layer-words.ts'

interface ColourLegendProps {
  readonly colours: ColourMapName
  /** Null where each map has its own. */
  readonly range: ValueRange | null
  readonly note?: string
}

export function ColourLegend({ colours, range, note = '' }: ColourLegendProps) {
  const low = range === null ? 'least' : valueWords(range.low)
  const high = range === null ? 'most' : valueWords(range.high)
  return (
    <figure className="colour-legend" aria-label={`Colours from ${low} to ${high}. ${note}`}>
      <span>{low}</span>
      <i style={{ background: cssGradient(colours) }} />
      <span>{high}</span>
      {note !== '' && <figcaption>{note}</figcaption>}
    </figure>
  )
}
