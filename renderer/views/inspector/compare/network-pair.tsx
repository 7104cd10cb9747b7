// One photo in two networks side by side: a layer of each, on one scale that both share.
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { scaleRange, type ValueRange } from '../../../scene/map-scale.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { IconButton } from '../../../ui/button.tsx'
import { useLatent } from '../../../use-latent.ts'
import { ColourLegend } from '../picture/colour-legend.tsx'
import { isSigned } from '../picture/layer-scale.ts'
import { ScaleSwitch } from '../picture/map-look-controls.tsx'
import { useMapLook } from '../picture/use-map-look.ts'
import { useLayerMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { NetworkSide } from './network-side.tsx'

interface NetworkPairProps {
  readonly first: InspectedProps
  readonly second: InspectedProps
}

export function NetworkPair({ first, second }: NetworkPairProps) {
  const layerName = useLatent((state) => state.layerName)
  const secondLayer = useLatent((state) => state.secondLayerName)
  const channel = useLatent((state) => state.channel)
  const chooseLayer = useLatent((state) => state.chooseLayer)
  const chooseSecondLayer = useLatent((state) => state.chooseSecondLayer)
  const chooseChannel = useLatent((state) => state.chooseChannel)
  const close = useLatent((state) => state.closeInspected)
  const look = useMapLook()
  const a = useLayerMaps('a', layerName)
  const b = useLayerMaps('b', secondLayer)
  const [secondChannel, setSecondChannel] = useState<number | null>(null)
  const shown = useMemo(() => [a.maps, b.maps].filter((maps) => maps !== null), [a.maps, b.maps])
  const colours = look.coloursFor(isSigned(shown))
  const shared = useMemo(() => sharedRange(shown, colours === 'polar'), [shown, colours])
  return (
    <div className="networks" aria-busy={a.busy || b.busy}>
      <div className="view-bar">
        <ScaleSwitch look={look} />
        <ColourLegend
          colours={colours}
          range={look.scaleMode === 'layer' ? shared : null}
          note="both networks"
        />
        <div className="end">
          <IconButton icon={X} name="Compare with something else" onClick={() => close('b')} />
        </div>
      </div>
      <NetworkSide
        {...first}
        shown={a}
        layerName={layerName}
        onLayer={chooseLayer}
        channel={channel}
        onChannel={chooseChannel}
        look={look}
        colours={colours}
        shared={shared}
      />
      <NetworkSide
        {...second}
        shown={b}
        layerName={secondLayer}
        onLayer={(name) => {
          chooseSecondLayer(name)
          setSecondChannel(null)
        }}
        channel={secondChannel}
        onChannel={setSecondChannel}
        look={look}
        colours={colours}
        shared={shared}
      />
    </div>
  )
}

/** From the least to the greatest value of both layers. */
function sharedRange(shown: readonly LayerMaps[], signed: boolean): ValueRange {
  const least = Math.min(0, ...shown.map(({ activations }) => activations.min))
  const greatest = Math.max(0, ...shown.map(({ activations }) => activations.max))
  return scaleRange(least, greatest, signed)
}
