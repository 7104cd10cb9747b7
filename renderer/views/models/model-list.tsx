// All models: the installed ones, those that can be had, and what removed ones left behind.
import { Cpu, FilePlus2 } from 'lucide-react'
import type { ModelsOverview } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { useLatent } from '../../use-latent.ts'
import { CatalogueCard } from './catalogue-card.tsx'
import { InstalledCard } from './installed-card.tsx'
import { LeftResultsList } from './left-results-list.tsx'

export function ModelList({ models }: { readonly models: ModelsOverview }) {
  const pick = useLatent((state) => state.pickModel)
  const libraryName = useLatent((state) => state.library?.name)
  const { installed, catalogue, leftResults } = models
  const [first] = catalogue
  return (
    <div className="models">
      <header>
        <h2>Models</h2>
        <p className="one-line">
          Drop an .onnx or .tflite file, or a folder with an image-text pair, to bring your own.
        </p>
        <Button look="plain" icon={FilePlus2} onClick={() => void pick()}>
          Import a model…
        </Button>
        <Button look="plain" icon={Cpu} popoverTarget="providers">
          What runs it…
        </Button>
      </header>
      <ul className="model-cards" aria-label="Installed models">
        {installed.map((model) => (
          <InstalledCard key={model.id} model={model} models={models} />
        ))}
      </ul>
      {leftResults.length > 0 && (
        <LeftResultsList results={leftResults} libraryName={libraryName ?? ''} />
      )}
      {first !== undefined && (
        <>
          <h2>More models</h2>
          <p>
            Installing one fetches its file from {first.host} and checks it; nothing is fetched
            before you ask for it. If you have the file, import it instead: Latent knows it by its
            contents.
          </p>
          <ul className="model-cards" aria-label="More models">
            {catalogue.map((model) => (
              <CatalogueCard key={model.id} model={model} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
