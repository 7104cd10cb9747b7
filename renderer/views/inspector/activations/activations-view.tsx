// Activations: every channel of a layer as a map, and one of them over the photo.
import './activations-view.css'
import { Loader, SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { shadeOf } from '../../../scene/map-scale.ts'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useRemembered, useRememberedNumber } from '../../../ui/use-remembered.ts'
import { useLatent } from '../../../use-latent.ts'
import { layerOf } from '../picture/channel-overlay.ts'
import { isSigned, rangeFor } from '../picture/layer-scale.ts'
import { useMapLook } from '../picture/use-map-look.ts'
import { Trouble } from '../trouble.tsx'
import { useLayerMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { ChannelDetail } from './channel-detail.tsx'
import { channelName } from './channel-name.ts'
import { channelOrder, findChannels, strongestChannel } from './channel-order.ts'
import { LayerStatistics } from './layer-statistics.tsx'
import { MapSheetView } from './map-sheet-view.tsx'
import { SheetBar, sheetSorts, tileRangePx } from './sheet-bar.tsx'

export function ActivationsView({ photo, model }: InspectedProps) {
  const layerName = useLatent((state) => state.layerName)
  const { maps, busy, failure, retry } = useLayerMaps('a', layerName)
  if (failure !== null) return <Trouble failure={failure} onRetry={retry} />
  if (maps === null) return <EmptyState icon={Loader} title={`Reading ${layerName}…`} />
  return <LayerSheet photo={photo} model={model} maps={maps} busy={busy} />
}

interface LayerSheetProps extends InspectedProps {
  readonly maps: LayerMaps
  readonly busy: boolean
}

function LayerSheet({ photo, model, maps, busy }: LayerSheetProps) {
  const wantedChannel = useLatent((state) => state.channel)
  const chooseChannel = useLatent((state) => state.chooseChannel)
  const look = useMapLook()
  const [sort, setSort] = useRemembered('inspector.sort', sheetSorts)
  const [cellPx, setCellPx] = useRememberedNumber('inspector.tile', tileRangePx)
  const [text, setText] = useState('')
  const [zoomed, setZoomed] = useState(false)
  const { activations, bytes } = maps

  const strongest = useMemo(() => strongestChannel(activations), [activations])
  const channel = Math.min(wantedChannel ?? strongest, activations.channels - 1)
  const sorted = useMemo(() => channelOrder(activations, sort), [activations, sort])
  const order = useMemo(() => findChannels(sorted, text), [sorted, text])
  const signed = isSigned([maps])
  const colours = look.coloursFor(signed)
  const { scaleMode, enlargement } = look

  const content = useMemo<SheetContent>(() => {
    const { channels, heightPx, widthPx } = activations
    return {
      maps: [{ bytes, channels, heightPx, widthPx }],
      order,
      shadeOf: (_set, of) =>
        shadeOf(activations, of, rangeFor([maps], of, scaleMode, colours === 'polar')),
      colours,
      smooth: enlargement === 'smooth',
      cellPx,
    }
  }, [maps, activations, bytes, order, scaleMode, colours, enlargement, cellPx])

  return (
    <div className={`activations ${zoomed ? 'zoomed' : ''}`} aria-busy={busy}>
      <section className="channel-sheet" aria-label="Channels">
        <SheetBar
          maps={maps}
          content={content}
          look={look}
          sort={sort}
          onSort={setSort}
          text={text}
          onText={setText}
          cellPx={cellPx}
          onCellPx={setCellPx}
        />
        {order.length === 0 ? (
          <EmptyState icon={SearchX} title="No channel has this number">
            <p>
              {activations.layer} has the channels 0 to {activations.channels - 1}. Lists and ranges
              work too: 3, 40-47.
            </p>
          </EmptyState>
        ) : (
          <MapSheetView
            name={`Channels of ${activations.layer}`}
            content={content}
            chosen={channel}
            chosenName={channelName(activations, channel)}
            onChoose={chooseChannel}
            onOpen={(of) => {
              chooseChannel(of)
              setZoomed(true)
            }}
            onHover={() => {}}
          />
        )}
        <LayerStatistics photo={photo} activations={activations} content={content} />
      </section>
      <ChannelDetail
        photo={photo}
        model={model}
        layer={layerOf(model, activations.layer)}
        maps={maps}
        channel={channel}
        look={look}
        zoomed={zoomed}
        onZoom={setZoomed}
      />
    </div>
  )
}
