// A layer's numbers on this photo.
import type { LayerActivations } from '../../../../preload/contract/inspector.ts'
import { formatShare } from '../../../ui/format.ts'
import { shapeWords, valueWords } from '../network/layer-words.ts'

export function LayerStatistics({ activations }: { readonly activations: LayerActivations }) {
  const facts = [
    ['Shape', shapeWords(activations)],
    ['Least', valueWords(activations.min)],
    ['Most', valueWords(activations.max)],
    ['Mean', valueWords(activations.mean)],
    ['Zero', formatShare(activations.sparsity)],
  ] as const
  return (
    <footer className="layer-statistics selectable">
      <strong>{activations.layer}</strong>
      <dl aria-label="Layer statistics">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </footer>
  )
}
