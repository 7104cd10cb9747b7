// The legend: what each colour means and how many photos have it; an entry that is chosen stays bright.
import './legend-list.css'
import type { Legend } from '../../state/cloud-legend.ts'
import { cssColour } from '../../state/cloud-palette.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatCounted } from '../../ui/format.ts'
import { useLatent } from '../../use-latent.ts'

export function LegendList({ legend }: { readonly legend: Legend }) {
  const keys = useLatent((state) => state.legendKeys)
  const toggle = useLatent((state) => state.toggleLegendKey)
  const clear = useLatent((state) => state.clearLegendKeys)
  return (
    <>
      {legend.ends !== null && <Ramp legend={legend} />}
      <ul className="legend" aria-label="Legend">
        {legend.entries.map(({ key, name, count, colour }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={keys.has(key)}
              aria-label={`${name}, ${formatCounted(count, 'photo')}`}
              title={name}
              data-off={(keys.size > 0 && !keys.has(key)) || undefined}
              onClick={() => toggle(key)}
            >
              <i style={{ background: cssColour(colour) }} />
              <span className="one-line">{name}</span>
              <small>{formatCount(count)}</small>
            </button>
          </li>
        ))}
      </ul>
      {keys.size > 0 && <Button onClick={clear}>Show all colours</Button>}
    </>
  )
}

function Ramp({ legend: { entries, ends } }: { readonly legend: Legend }) {
  const stops = entries.map(({ colour }) => cssColour(colour)).join(', ')
  return (
    <div className="legend-ramp" aria-hidden="true">
      <span style={{ background: `linear-gradient(to right, ${stops})` }} />
      <small>{ends?.[0]}</small>
      <small>{ends?.[1]}</small>
    </div>
  )
}
