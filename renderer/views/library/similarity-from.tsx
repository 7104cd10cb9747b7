// From which likeness to the description on photos are shown.
import { formatSimilarity } from '../../state/describing.ts'
import { Slider } from '../../ui/slider.tsx'
import { useLatent } from '../../use-latent.ts'

const step = 0.005

export function SimilarityFrom() {
  const from = useLatent((state) => state.filter.similarFrom ?? 0)
  const best = useLatent((state) => state.list?.similarities?.[0] ?? 0)
  const changeFilter = useLatent((state) => state.changeFilter)
  return (
    <Slider
      name="Similarity from"
      label={<span>Similarity from</span>}
      value={from}
      min={0}
      max={Math.max(from + step, Math.ceil(best / step) * step, 10 * step)}
      step={step}
      text={from === 0 ? 'Any' : formatSimilarity(from)}
      onChange={(similarFrom) =>
        changeFilter({ similarFrom: similarFrom === 0 ? undefined : similarFrom })
      }
    />
  )
}
