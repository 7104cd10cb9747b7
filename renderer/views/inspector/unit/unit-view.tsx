// Unit: which of one's own photos a channel answers to, and the picture it dreams of.
import './unit-view.css'
import { Shapes } from 'lucide-react'
import { useEffect } from 'react'
import type { InspectorModel, LayerInfo } from '../../../../preload/contract/inspector.ts'
import { unitKey } from '../../../state/unit-slice.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useLatent } from '../../../use-latent.ts'
import { strongestChannel } from '../activations/channel-order.ts'
import { layerOf } from '../picture/channel-overlay.ts'
import { useLayerMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { DreamPanel } from './dream-panel.tsx'
import { UnitBar } from './unit-bar.tsx'
import { UnitPhotoGroups } from './unit-photo-groups.tsx'

export function UnitView({ photo, model }: InspectedProps) {
  const layerName = useLatent((state) => state.layerName)
  const wanted = useLatent((state) => state.channel)
  const layer = layerOf(model, layerName)
  const { maps } = useLayerMaps('a', layerName)
  const strongest =
    maps?.activations.layer === layerName ? strongestChannel(maps.activations) : null
  const channel = wanted ?? strongest
  if (layer === null || channel === null) {
    return <EmptyState icon={Shapes} title="Finding the strongest unit of this layer…" />
  }
  return (
    <UnitPanels
      key={unitKey({ layer: layer.name, channel })}
      session={photo.session}
      model={model}
      layer={layer}
      channel={Math.min(channel, layer.channels - 1)}
    />
  )
}

interface UnitPanelsProps {
  readonly session: string
  readonly model: InspectorModel
  readonly layer: LayerInfo
  readonly channel: number
}

function UnitPanels({ session, model, layer, channel }: UnitPanelsProps) {
  const loadUnit = useLatent((state) => state.loadUnit)
  const libraryId = useLatent((state) => state.library?.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another library has other photos
  useEffect(() => {
    void loadUnit({ layer: layer.name, channel })
  }, [loadUnit, layer.name, channel, libraryId])
  return (
    <div className="unit">
      <UnitBar model={model} layer={layer} channel={channel} />
      <div className="unit-panels">
        <UnitPhotoGroups session={session} layer={layer} channel={channel} />
        <DreamPanel session={session} layer={layer} channel={channel} />
      </div>
    </div>
  )
}
