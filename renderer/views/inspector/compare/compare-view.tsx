// Compare: two photos in the same layer, or one photo in two networks, on one scale.
import './compare-view.css'
import { Loader } from 'lucide-react'
import type { InspectedPhoto } from '../../../../preload/contract/inspector.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useLatent } from '../../../use-latent.ts'
import { Trouble } from '../trouble.tsx'
import { useLayerMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { NetworkPair } from './network-pair.tsx'
import { PairSheet } from './pair-sheet.tsx'
import { SecondPhoto } from './second-photo.tsx'

export function CompareView({ photo, model }: InspectedProps) {
  const second = useLatent((state) => state.inspected.b)
  const secondModel = useLatent((state) => state.secondModel)
  const secondModelId = useLatent((state) => state.secondModelId)
  if (second.photo === null) return <SecondPhoto slot={second} />
  if (secondModelId !== null) {
    if (secondModel === null) return <EmptyState icon={Loader} title="Reading the network…" />
    const other = { photo: second.photo, model: secondModel }
    return <NetworkPair first={{ photo, model }} second={other} />
  }
  return <Pair photo={photo} model={model} second={second.photo} />
}

function Pair(props: InspectedProps & { readonly second: InspectedPhoto }) {
  const layerName = useLatent((state) => state.layerName)
  const a = useLayerMaps('a', layerName)
  const b = useLayerMaps('b', layerName)
  const failed = a.failure !== null ? a : b
  if (failed.failure !== null) return <Trouble failure={failed.failure} onRetry={failed.retry} />
  // Both change together: maps of two layers have nothing in common.
  if (a.maps === null || b.maps === null) {
    return <EmptyState icon={Loader} title={`Reading ${layerName}…`} />
  }
  return <PairSheet {...props} a={a.maps} b={b.maps} busy={a.busy || b.busy} />
}
