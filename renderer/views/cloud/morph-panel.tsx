// Two models' layouts of the same photos: choose another one, go along the way, see who moves.
import './layout-panel.css'
import './morph-panel.css'
import { Square, X } from 'lucide-react'
import { useEffect } from 'react'
import type { CloudData } from '../../state/cloud-points.ts'
import { Button } from '../../ui/button.tsx'
import { formatCounted } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { useLatent } from '../../use-latent.ts'
import { morphStageWords } from './cloud-words.ts'
import { FarthestList } from './farthest-list.tsx'
import { MorphSlider } from './morph-slider.tsx'

export function MorphPanel({ data }: { readonly data: CloudData }) {
  const models = useLatent((state) => state.models)
  const loadModels = useLatent((state) => state.loadModels)
  const morph = useLatent((state) => state.cloudMorph)
  const making = useLatent((state) => state.morphMaking)
  const make = useLatent((state) => state.makeMorph)
  const forget = useLatent((state) => state.forgetMorph)
  useEffect(() => void loadModels(), [loadModels])
  if (models === null) return <div className="layout-panel" aria-busy="true" />
  const nameOf = (id: string): string => models.installed.find((one) => one.id === id)?.name ?? id
  const others = models.installed.filter(
    ({ id, broken, resultPhotos }) => id !== models.currentId && broken === '' && resultPhotos > 0,
  )
  const chosen = making?.modelId ?? morph?.modelId ?? null
  return (
    <div className="layout-panel morph-panel">
      <fieldset>
        <legend>Another model’s Cloud</legend>
        {others.length === 0 && (
          <small>
            No other model has seen these photos. Use one for this library once (Models), and the
            photos can travel from its Cloud to this one.
          </small>
        )}
        {others.map(({ id, name, resultPhotos }) => (
          <button
            key={id}
            type="button"
            className="button plain"
            aria-pressed={chosen === id}
            onClick={() => void make(id)}
          >
            <span className="one-line">{name}</span>
            <small>{formatCounted(resultPhotos, 'photo')}</small>
          </button>
        ))}
      </fieldset>
      {making !== null && <Making />}
      {morph !== null && (
        <>
          <MorphSlider own={nameOf(models.currentId)} other={nameOf(morph.modelId)} />
          <MorphNotes data={data} />
          <FarthestList data={data} morph={morph} />
          <Button icon={X} onClick={forget}>
            <span className="one-line">Back to {nameOf(models.currentId)} alone</span>
          </Button>
        </>
      )}
    </div>
  )
}

function Making() {
  const progress = useLatent((state) => state.morphMaking?.progress ?? null)
  const stop = useLatent((state) => state.stopMorph)
  return (
    <div role="status" className="morph-making">
      <p>{morphStageWords(progress?.stage ?? null)}</p>
      <Meter share={progress?.fraction ?? null} />
      <Button look="plain" icon={Square} onClick={() => void stop()}>
        Stop
      </Button>
    </div>
  )
}

function MorphNotes({ data: { points } }: { readonly data: CloudData }) {
  const morph = useLatent((state) => state.cloudMorph)
  if (morph === null) return null
  const unknown = points.ids.length - morph.isShared.reduce((sum, shared) => sum + shared, 0)
  if (unknown === 0 && morph.onlyOther === 0) return null
  return (
    <small>
      {unknown > 0 &&
        `${formatCounted(unknown, 'photo')} that it has not seen stay where they are, faint. `}
      {morph.onlyOther > 0 &&
        `${formatCounted(morph.onlyOther, 'photo')} that only it has seen are not drawn.`}
    </small>
  )
}
