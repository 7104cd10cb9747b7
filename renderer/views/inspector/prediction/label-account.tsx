// Everything about one label: where it belongs and what the network takes it for.
import './label-account.css'
import { CircleHelp } from 'lucide-react'
import type { ExplainedLabel } from '../../../../preload/contract/inspector.ts'
import { Button } from '../../../ui/button.tsx'
import { formatShare } from '../../../ui/format.ts'
import { Meter } from '../../../ui/meter.tsx'

interface LabelAccountProps {
  readonly label: ExplainedLabel
  readonly onWhy: (classIndex: number) => void
}

export function LabelAccount({ label, onWhy }: LabelAccountProps) {
  return (
    <section className="label-account" aria-label={label.name}>
      <header>
        <h3>{label.name}</h3>
        <Button look="plain" icon={CircleHelp} onClick={() => onWhy(label.index)}>
          Why this label
        </Button>
      </header>
      {label.path.length > 1 && (
        <div>
          <h4 id="label-path">Where it belongs</h4>
          <ol className="label-path selectable" aria-labelledby="label-path">
            {label.path.map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ol>
        </div>
      )}
      {label.confusions.length > 0 && (
        <div>
          <div className="confusions-head">
            <h4 id="label-neighbours">Easily taken for</h4>
            <span title="How alike their weights are in the last layer: 1 is the same">Alike</span>
            <span title="Probability on this photo">Here</span>
          </div>
          <ul className="confusions" aria-labelledby="label-neighbours">
            {label.confusions.map((other) => (
              <li key={other.index}>
                <span className="one-line" title={other.name}>
                  {other.name}
                </span>
                <Meter share={Math.max(0, other.similarity)} quiet />
                <span>{other.similarity.toFixed(2)}</span>
                <span>{formatShare(other.probability)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
