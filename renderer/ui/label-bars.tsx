// The best labels of a photo as bars, strongest first.
import './label-bars.css'
import type { Label } from '../../preload/contract/domain.ts'
import { formatShare } from './format.ts'
import { Meter } from './meter.tsx'

export function LabelBars({ labels }: { readonly labels: readonly Label[] }) {
  return (
    <ol className="label-bars" aria-label="Labels with probabilities">
      {labels.map((label, rank) => (
        <li key={label.index}>
          <span className="one-line" title={label.name}>
            {label.name}
          </span>
          <span>{formatShare(label.probability)}</span>
          <Meter share={label.probability} quiet={rank > 0} />
        </li>
      ))}
    </ol>
  )
}

const places = [1, 2, 3, 4, 5]

/** Holds the place of five bars while they are worked out. */
export function WaitingLabelBars() {
  return (
    <ol className="label-bars" aria-hidden="true">
      {places.map((place) => (
        <li key={place}>
          <span className="waiting" />
          <span />
          <Meter share={0} />
        </li>
      ))}
    </ol>
  )
}
