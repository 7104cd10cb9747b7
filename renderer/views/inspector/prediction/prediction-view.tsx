// Prediction: what the network says, how sure it is, and what it might have taken it for.
import './prediction-view.css'
import { useState } from 'react'
import type { ExplainedLabel } from '../../../../preload/contract/inspector.ts'
import { useLatent } from '../../../use-latent.ts'
import { NoLabels } from '../no-labels.tsx'
import { SavePicture } from '../picture/save-picture.tsx'
import type { InspectedProps } from '../view-panel.tsx'
import { drawPhotoWithCrop } from './draw-photo-with-crop.ts'
import { LabelAccount } from './label-account.tsx'
import { LabelScores } from './label-scores.tsx'
import { PhotoWithCrop } from './photo-with-crop.tsx'

export function PredictionView({ photo, model }: InspectedProps) {
  const [chosen, setChosen] = useState<{ session: string; index: number } | null>(null)
  const chooseWhyClass = useLatent((state) => state.chooseWhyClass)
  const showView = useLatent((state) => state.showInspectorView)
  const [best] = photo.labels
  const label: ExplainedLabel | undefined =
    photo.labels.find(({ index }) => chosen?.session === photo.session && index === chosen.index) ??
    best
  const why = (index: number): void => {
    chooseWhyClass(0, index)
    showView('why')
  }
  return (
    <div className="prediction">
      <section aria-label="Photo">
        <PhotoWithCrop photo={photo} />
        <p className="caption">
          <span>
            The network sees the bright square, at {model.inputSizePx} × {model.inputSizePx} pixels.
          </span>
          <SavePicture
            session={photo.session}
            title="What the network sees"
            draw={() => drawPhotoWithCrop(photo)}
            small
          />
        </p>
      </section>
      <section className="view-scroll">
        {photo.labels.length === 0 ? (
          <NoLabels model={model} />
        ) : (
          <LabelScores
            labels={photo.labels}
            chosen={label?.index ?? -1}
            onChoose={(index) => setChosen({ session: photo.session, index })}
          />
        )}
        {label && <LabelAccount label={label} onWhy={why} />}
      </section>
    </div>
  )
}
