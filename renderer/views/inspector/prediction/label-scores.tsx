// The five best labels with probability and score; one of them is looked at.
import './label-scores.css'
import type { ExplainedLabel } from '../../../../preload/contract/inspector.ts'
import { formatShare } from '../../../ui/format.ts'
import { Meter } from '../../../ui/meter.tsx'
import { valueWords } from '../network/layer-words.ts'

interface LabelScoresProps {
  readonly labels: readonly ExplainedLabel[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

export function LabelScores({ labels, chosen, onChoose }: LabelScoresProps) {
  return (
    <div>
      <div className="label-scores-head" aria-hidden="true">
        <span>Label</span>
        <span title="After softmax: all labels together make 100%">Prob.</span>
        <span title="The score before softmax">Logit</span>
      </div>
      <ol className="label-scores" aria-label="Best labels">
        {labels.map((label, rank) => (
          <li key={label.index}>
            <button
              type="button"
              aria-pressed={label.index === chosen}
              aria-label={`${label.name}, probability ${formatShare(label.probability)}, logit ${valueWords(label.logit)}`}
              onClick={() => onChoose(label.index)}
            >
              <span className="one-line">{label.name}</span>
              <span>{formatShare(label.probability)}</span>
              <span>{valueWords(label.logit)}</span>
              <Meter share={label.probability} quiet={rank > 0} />
            </button>
          </li>
        ))}
      </ol>
    </div>
  )
}
