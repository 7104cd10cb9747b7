// Why: which places of the photo speak for a label, by three methods, for one label or two.
import './why-view.css'
import { Columns2 } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { AttributionMethod } from '../../../../preload/contract/inspector.ts'
import type { WhyQuestion } from '../../../state/why-slice.ts'
import { Button } from '../../../ui/button.tsx'
import { formatShare } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { Slider } from '../../../ui/slider.tsx'
import { useRememberedNumber } from '../../../ui/use-remembered.ts'
import { useLatent } from '../../../use-latent.ts'
import { NoLabels } from '../no-labels.tsx'
import type { InspectedProps } from '../view-panel.tsx'
import { WhyPane } from './why-pane.tsx'

const methods: readonly (readonly [AttributionMethod, string])[] = [
  ['grad-cam', 'Grad-CAM'],
  ['occlusion', 'Occlusion'],
  ['smooth-grad', 'SmoothGrad'],
]

const opacityRange = { min: 0, max: 1, initial: 0.6 } as const

export function WhyView(props: InspectedProps) {
  return props.model.classCount === 0 ? <NoLabels model={props.model} /> : <Reasons {...props} />
}

function Reasons({ photo, model }: InspectedProps) {
  const method = useLatent((state) => state.whyMethod)
  const chooseMethod = useLatent((state) => state.chooseWhyMethod)
  const [first, second] = useLatent((state) => state.whyClasses)
  const comparing = useLatent((state) => state.whyComparing)
  const compare = useLatent((state) => state.compareWhy)
  const whyLayer = useLatent((state) => state.whyLayer)
  const chooseWhyLayer = useLatent((state) => state.chooseWhyLayer)
  const layerName = useLatent((state) => state.layerName)
  const want = useLatent((state) => state.wantAttributions)
  const [opacity, setOpacity] = useRememberedNumber('inspector.opacity', opacityRange)

  const firstClass = first ?? photo.labels[0]?.index ?? 0
  const secondClass =
    second ?? photo.labels.find(({ index }) => index !== firstClass)?.index ?? firstClass
  const layer = method === 'grad-cam' ? whyLayer : null
  const { session } = photo
  const questions = useMemo<readonly WhyQuestion[]>(() => {
    const ask = (classIndex: number): WhyQuestion => ({ session, method, classIndex, layer })
    return comparing ? [ask(firstClass), ask(secondClass)] : [ask(firstClass)]
  }, [session, method, layer, comparing, firstClass, secondClass])
  useEffect(() => want(questions), [want, questions])
  useEffect(() => () => want([]), [want])

  const layerChoices = [
    ['', `${model.lastSpatialLayer} (usual)`] as const,
    ...(layerName !== model.lastSpatialLayer
      ? [[layerName, `${layerName} (chosen)`] as const]
      : []),
    ...(whyLayer !== null && whyLayer !== layerName ? [[whyLayer, whyLayer] as const] : []),
  ]
  return (
    <div className="why">
      <div className="view-bar">
        <Segmented name="Method" value={method} choices={methods} onChange={chooseMethod} />
        {method === 'grad-cam' && (
          <Select
            name="Layer that is asked"
            bare
            value={whyLayer ?? ''}
            choices={layerChoices}
            onChange={(name) => chooseWhyLayer(name === '' ? null : name)}
          />
        )}
        <Slider
          name="Opacity of the overlay"
          label="Overlay"
          value={opacity}
          min={0}
          max={1}
          step={0.05}
          text={formatShare(opacity)}
          showValue={false}
          onChange={setOpacity}
        />
        <div className="end">
          <Button icon={Columns2} aria-pressed={comparing} onClick={() => compare(!comparing)}>
            Two labels
          </Button>
        </div>
      </div>
      <div className="panes">
        {questions.map((question, pane) => (
          <WhyPane
            key={pane === 0 ? 'first' : 'second'}
            pane={pane === 0 ? 0 : 1}
            photo={photo}
            model={model}
            question={question}
            opacity={opacity}
          />
        ))}
      </div>
    </div>
  )
}
