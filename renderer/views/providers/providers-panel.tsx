// The truth about execution providers: which one runs and why, what the others did, and a choice.
import './providers-panel.css'
import { RotateCcw } from 'lucide-react'
import { type ProviderChoice, providerNames } from '../../../preload/contract/providers.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { useLatent } from '../../use-latent.ts'
import { providerName } from '../shell/engine-words.ts'
import { NvidiaSection } from './nvidia-section.tsx'
import { ProviderCard } from './provider-card.tsx'
import { offeredHere, providerLine } from './provider-words.ts'

export function ProvidersPanel() {
  const engine = useLatent((state) => state.engine)
  const wanted = useLatent((state) => state.settings.provider)
  const change = useLatent((state) => state.changeSettings)
  const tryAgain = useLatent((state) => state.tryProvidersAgain)
  if (engine === null) return null
  // What runs comes first.
  const trials = engine.trials.filter(offeredHere).toSorted((a, b) => Number(b.ok) - Number(a.ok))
  const choices: readonly (readonly [ProviderChoice, string])[] = [
    ['auto', 'The fastest one'],
    ...providerNames
      .filter((name) => name === wanted || trials.some(({ provider }) => provider === name))
      .map((name) => [name, providerName(name)] as const),
  ]
  return (
    <section className="providers-panel" aria-label="Execution providers">
      <p role="status">{providerLine(engine)}</p>
      <div className="row">
        <Select
          name="Run on"
          value={wanted}
          choices={choices}
          onChange={(provider) => change({ provider })}
        />
        <Button
          icon={RotateCcw}
          disabled={engine.state !== 'ready'}
          onClick={() => void tryAgain()}
        >
          Try again
        </Button>
      </div>
      <ul>
        {trials.map((trial) => (
          <ProviderCard key={`${trial.provider} ${trial.form ?? ''}`} trial={trial} />
        ))}
      </ul>
      <NvidiaSection />
    </section>
  )
}
