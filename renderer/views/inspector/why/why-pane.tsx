// One label's reasons over the photo: the label, the map, how it was found and what it means.
import { useMemo, useState } from 'react'
import type { Attribution } from '../../../../preload/contract/inspector.ts'
import { type WhyQuestion, whyKey } from '../../../state/why-slice.ts'
import { formatMs } from '../../../ui/format.ts'
import { Meter } from '../../../ui/meter.tsx'
import { useLatent } from '../../../use-latent.ts'
import { ColourLegend } from '../picture/colour-legend.tsx'
import { CropPicture } from '../picture/crop-picture.tsx'
import { drawCrop } from '../picture/draw-crop.ts'
import { SavePicture } from '../picture/save-picture.tsx'
import { Trouble } from '../trouble.tsx'
import type { InspectedProps } from '../view-panel.tsx'
import { attributionPicture } from './attribution-picture.ts'
import { LabelPicker } from './label-picker.tsx'

interface WhyPaneProps extends InspectedProps {
  readonly pane: 0 | 1
  readonly question: WhyQuestion
  readonly opacity: number
}

const legendNotes: Readonly<Record<Attribution['method'], string>> = {
  'grad-cam': 'speaks for the label',
  occlusion: 'probability lost when hidden',
  'smooth-grad': 'moves the score',
}

export function WhyPane({ photo, model, pane, question, opacity }: WhyPaneProps) {
  const key = whyKey(question)
  const answer = useLatent((state) => state.attributions.get(key) ?? null)
  const failure = useLatent((state) => state.whyFailures.get(key) ?? null)
  const progress = useLatent((state) => state.whyProgress)
  const retry = useLatent((state) => state.retryAttribution)
  const chooseClass = useLatent((state) => state.chooseWhyClass)
  /** The old map stays until the new one is there, unless it is another photo's. */
  const [shown, setShown] = useState<{ session: string; answer: Attribution } | null>(null)
  if (answer !== null && answer !== shown?.answer) setShown({ session: question.session, answer })
  const kept = shown?.session === question.session ? shown.answer : null
  const map = answer ?? kept
  const picture = useMemo(
    () => (map === null ? null : attributionPicture(map, model.inputSizePx)),
    [map, model.inputSizePx],
  )
  const overlay =
    picture === null
      ? null
      : {
          image: picture.image,
          box: { left: 0, top: 0, width: model.inputSizePx, height: model.inputSizePx },
          opacity: answer === null ? opacity * 0.4 : opacity,
          smooth: true,
        }
  const name = model.classNames[question.classIndex] ?? `Label ${question.classIndex}`
  const busy = answer === null && failure === null
  const mine = busy && progress !== null && progress.session === question.session
  return (
    <section className="why-pane" aria-label={`Why ${name}`} aria-busy={busy}>
      <LabelPicker
        name={pane === 0 ? 'Label' : 'Second label'}
        classIndex={question.classIndex}
        best={photo.labels}
        classNames={model.classNames}
        onChoose={(index) => chooseClass(pane, index)}
      />
      {failure !== null ? (
        <Trouble failure={failure} onRetry={() => retry(question)} />
      ) : (
        <CropPicture
          photo={photo}
          inputSizePx={model.inputSizePx}
          name={`Places of the photo that speak for ${name}`}
          overlay={overlay}
        />
      )}
      <footer>
        {busy ? (
          <div className="working" role="status">
            <span>
              {mine && progress.total > 1
                ? `Run ${progress.done} of ${progress.total}`
                : 'Working it out…'}
            </span>
            <Meter share={mine && progress.total > 1 ? progress.done / progress.total : null} />
          </div>
        ) : (
          answer !== null &&
          picture !== null && (
            <>
              <ColourLegend
                colours={picture.colours}
                range={picture.range}
                note={legendNotes[answer.method]}
              />
              <span className="view-title">
                {[answer.layer ?? '', formatMs(answer.ms)].filter(Boolean).join(' · ')}
              </span>
              {overlay !== null && (
                <SavePicture
                  session={photo.session}
                  title={`Why ${name}, ${answer.method}`}
                  draw={() => drawCrop(photo, model.inputSizePx, overlay)}
                  small
                />
              )}
            </>
          )
        )}
      </footer>
    </section>
  )
}
