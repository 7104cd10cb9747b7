// The Inspector workspace: the network on the left, one view of the photo inside it beside it.
import './inspector-view.css'
import { useLatent } from '../../use-latent.ts'
import { Explanation } from './explanation.tsx'
import { InspectorEmpty } from './inspector-empty.tsx'
import { InspectorHeader } from './inspector-header.tsx'
import { NetworkColumn } from './network/network-column.tsx'
import { Trouble } from './trouble.tsx'
import { ViewPanel } from './view-panel.tsx'
import { ViewTabs } from './view-tabs.tsx'

export function InspectorView() {
  const slot = useLatent((state) => state.inspected.a)
  const model = useLatent((state) => state.inspectorModel)
  const modelFailure = useLatent((state) => state.inspectorModelFailure)
  const loadModel = useLatent((state) => state.loadInspectorModel)
  if (slot.photo === null) return <InspectorEmpty slot={slot} />
  return (
    <div className="inspector">
      <NetworkColumn model={model} />
      <section className="inspector-main" aria-label="Inspected photo">
        <InspectorHeader slot={slot} photo={slot.photo} />
        <ViewTabs />
        {model !== null && <ViewPanel photo={slot.photo} model={model} />}
        {modelFailure !== null && (
          <Trouble failure={modelFailure} onRetry={() => void loadModel()} />
        )}
      </section>
      <Explanation />
    </div>
  )
}
