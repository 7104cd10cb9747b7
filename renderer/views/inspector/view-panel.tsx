// Shows the chosen view of the inspected photo.
import type { InspectedPhoto, InspectorModel } from '../../../preload/contract/inspector.ts'
import type { InspectorView } from '../../state/inspector-slice.ts'
import { useLatent } from '../../use-latent.ts'
import { ActivationsView } from './activations/activations-view.tsx'
import { CompareView } from './compare/compare-view.tsx'
import { KernelsView } from './kernels/kernels-view.tsx'
import { PredictionView } from './prediction/prediction-view.tsx'
import { TimeView } from './time/time-view.tsx'
import { UnitView } from './unit/unit-view.tsx'
import { VectorView } from './vector/vector-view.tsx'
import { WhyView } from './why/why-view.tsx'

export interface InspectedProps {
  readonly photo: InspectedPhoto
  readonly model: InspectorModel
}

const views: Readonly<Record<InspectorView, (props: InspectedProps) => React.ReactNode>> = {
  prediction: PredictionView,
  kernels: KernelsView,
  activations: ActivationsView,
  why: WhyView,
  unit: UnitView,
  vector: VectorView,
  compare: CompareView,
  time: TimeView,
}

export function ViewPanel(props: InspectedProps) {
  const view = useLatent((state) => state.inspectorView)
  const opening = useLatent((state) => state.inspected.a.opening)
  const View = views[view]
  return (
    <div
      className="inspector-panel"
      id={`inspector-panel-${view}`}
      role="tabpanel"
      aria-labelledby={`inspector-tab-${view}`}
      aria-busy={opening}
      tabIndex={-1}
    >
      <View {...props} />
    </div>
  )
}
