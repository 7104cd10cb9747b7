// One installed model: what it is, and what can be done with it.
import {
  BadgeCheck,
  Eraser,
  GitCompareArrows,
  Play,
  ScanEye,
  Tags,
  Target,
  Trash2,
} from 'lucide-react'
import type { InstalledModelInfo, ModelsOverview } from '../../../preload/contract/models.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatBytes, formatCounted } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { ModelCheckLine } from './model-check-line.tsx'
import { installedFacts } from './model-words.ts'
import { QuantiseLine } from './quantise-line.tsx'

interface InstalledCardProps {
  readonly model: InstalledModelInfo
  readonly models: ModelsOverview
}

export function InstalledCard({ model, models }: InstalledCardProps) {
  const { id, name, facts, broken } = model
  const current = models.currentId === id
  const trying = models.tryingId === id
  return (
    <li className="model-card" aria-label={name} data-current={current}>
      <header>
        <h3 className="one-line" title={name}>
          {name}
        </h3>
        {current && <span className="badge current">In use</span>}
        {model.builtIn && <span className="badge">Comes with Latent</span>}
      </header>
      {broken !== '' ? (
        <p className="state failed">{broken}</p>
      ) : (
        <>
          {facts && <p className="summary">{facts.summary}</p>}
          <Facts facts={installedFacts(model)} />
          <LayersWorth model={model} />
        </>
      )}
      {trying && (
        <p className="state" role="status">
          Starting {name}; the first time it is measured, which takes some seconds.
          <Meter share={null} />
        </p>
      )}
      <ModelCheckLine id={id} />
      <QuantiseLine model={model} status={models.quantisation} />
      <CardButtons model={model} current={current} busy={models.tryingId !== null} />
    </li>
  )
}

function LayersWorth({ model }: { readonly model: InstalledModelInfo }) {
  const lookInto = useLatent((state) => state.lookIntoModel)
  const { layers } = model
  if (layers.length === 0) return null
  return (
    <fieldset className="layers" aria-label="Layers worth looking at">
      {layers.map(({ layer, why }) => (
        <Button key={layer} title={why} onClick={() => void lookInto(model.id, layer)}>
          {layer}
        </Button>
      ))}
    </fieldset>
  )
}

interface CardButtonsProps {
  readonly model: InstalledModelInfo
  readonly current: boolean
  readonly busy: boolean
}

function CardButtons({ model, current, busy }: CardButtonsProps) {
  const { id, name } = model
  const choose = useLatent((state) => state.chooseModel)
  const lookInto = useLatent((state) => state.lookIntoModel)
  const editLabels = useLatent((state) => state.editLabels)
  const check = useLatent((state) => state.checkModel)
  const checking = useLatent((state) => state.modelChecks.get(id) === 'running')
  const remove = useLatent((state) => state.removeModel)
  const removeResults = useLatent((state) => state.removeResults)
  const showAgreement = useLatent((state) => state.showAgreement)
  const showAccuracy = useLatent((state) => state.showAccuracy)
  const libraryName = useLatent((state) => state.library?.name)
  const usable = model.broken === ''
  return (
    <footer>
      {libraryName !== undefined && model.resultPhotos > 0 && (
        <div className="results">
          <p>
            {formatCounted(model.resultPhotos, 'photo')} of “{libraryName}”, in{' '}
            {formatBytes(model.resultBytes)}
          </p>
          {!current && (
            <ConfirmButton
              icon={Eraser}
              text="Remove results"
              question="Remove its results here?"
              onConfirm={() => void removeResults(id, name)}
            />
          )}
        </div>
      )}
      {!current && usable && (
        <Button look="primary" icon={Play} disabled={busy} onClick={() => void choose(id)}>
          Use
        </Button>
      )}
      {usable && (
        <Button icon={ScanEye} className={current ? 'flush' : ''} onClick={() => void lookInto(id)}>
          Look inside
        </Button>
      )}
      {usable && model.pair !== null && (
        <Button icon={Tags} onClick={() => void editLabels(id, name)}>
          Labels…
        </Button>
      )}
      {usable && (
        <Button icon={BadgeCheck} disabled={checking} onClick={() => void check(id)}>
          Verify
        </Button>
      )}
      {!current && usable && model.resultPhotos > 0 && (
        <Button icon={GitCompareArrows} onClick={() => void showAgreement(id)}>
          Compare
        </Button>
      )}
      {current && usable && model.classCount > 0 && model.resultPhotos > 0 && (
        <Button icon={Target} onClick={() => void showAccuracy({ otherId: null })}>
          How often right
        </Button>
      )}
      {!model.builtIn && !current && (
        <span className="end">
          <ConfirmButton
            icon={Trash2}
            text="Remove"
            question="Remove the model?"
            disabled={busy}
            onConfirm={() => void remove(id, name)}
          />
        </span>
      )}
    </footer>
  )
}
