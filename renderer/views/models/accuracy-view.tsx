// The model in use on the open library: how often it says what photos really show.
import { ArrowLeft } from 'lucide-react'
import type { ModelsOverview } from '../../../preload/contract/models.ts'
import type { ModelAccuracy } from '../../../preload/contract/truth.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { AccuracySection } from './accuracy-section.tsx'

interface AccuracyViewProps {
  readonly accuracy: ModelAccuracy
  readonly models: ModelsOverview
}

export function AccuracyView({ accuracy, models }: AccuracyViewProps) {
  const show = useLatent((state) => state.showAccuracy)
  const { modelId } = accuracy.own
  const name = models.installed.find(({ id }) => id === modelId)?.name ?? modelId
  return (
    <div className="models agreement">
      <header>
        <Button className="flush" icon={ArrowLeft} onClick={() => void show(null)}>
          All models
        </Button>
        <h2 className="one-line">{name}</h2>
      </header>
      <AccuracySection own={name} other={null} />
    </div>
  )
}
