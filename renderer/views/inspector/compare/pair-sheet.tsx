// All channels as pairs of maps, and the chosen channel over both photos with a linked pointer.
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { InspectedPhoto } from '../../../../preload/contract/inspector.ts'
import { shadeOf } from '../../../scene/map-scale.ts'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { useRemembered } from '../../../ui/use-remembered.ts'
import { useLatent } from '../../../use-latent.ts'
import { channelName } from '../activations/channel-name.ts'
import { channelOrder, orderByDifference } from '../activations/channel-order.ts'
import { MapSheetView } from '../activations/map-sheet-view.tsx'
import { ColourLegend } from '../picture/colour-legend.tsx'
import type { Cell } from '../picture/crop-maths.ts'
import { drawSheet } from '../picture/draw-sheet.ts'
import { isSigned, modeFor, rangeFor } from '../picture/layer-scale.ts'
import { ScaleSwitch } from '../picture/map-look-controls.tsx'
import { SavePicture } from '../picture/save-picture.tsx'
import { useMapLook } from '../picture/use-map-look.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { PairPicture } from './pair-picture.tsx'

const orders = ['difference', 'first', 'second', 'number'] as const

interface PairSheetProps extends InspectedProps {
  readonly second: InspectedPhoto
  readonly a: LayerMaps
  readonly b: LayerMaps
  readonly busy: boolean
}

export function PairSheet({ photo, model, second, a, b, busy }: PairSheetProps) {
  const wanted = useLatent((state) => state.channel)
  const chooseChannel = useLatent((state) => state.chooseChannel)
  const close = useLatent((state) => state.closeInspected)
  const look = useMapLook()
  const [order, setOrder] = useRemembered('inspector.pair-order', orders)
  const [cell, setCell] = useState<Cell | null>(null)
  const { scaleMode, enlargement } = look

  // While a layer changes, one photo's maps may be there before the other's.
  const [pair, setPair] = useState<readonly [LayerMaps, LayerMaps]>([a, b])
  if ((pair[0] !== a || pair[1] !== b) && a.activations.layer === b.activations.layer)
    setPair([a, b])
  const [mapsA, mapsB] = pair
  const colours = look.coloursFor(isSigned(pair))
  const sorted = useMemo(() => {
    const [first, last] = [mapsA.activations, mapsB.activations]
    if (order === 'difference') return orderByDifference(first, last)
    if (order === 'number') return channelOrder(first, 'number')
    return channelOrder(order === 'first' ? first : last, 'strength')
  }, [mapsA, mapsB, order])
  const channel = Math.min(wanted ?? sorted[0] ?? 0, mapsA.activations.channels - 1)

  const content = useMemo<SheetContent>(() => {
    const bytesOf = ({ activations, bytes }: LayerMaps) => ({
      bytes,
      channels: activations.channels,
      heightPx: activations.heightPx,
      widthPx: activations.widthPx,
    })
    return {
      maps: [bytesOf(mapsA), bytesOf(mapsB)],
      order: sorted,
      shadeOf: (set, of) =>
        shadeOf(
          (set === 0 ? mapsA : mapsB).activations,
          of,
          rangeFor([mapsA, mapsB], of, scaleMode, colours === 'polar'),
        ),
      colours,
      smooth: enlargement === 'smooth',
      cellPx: 60,
    }
  }, [mapsA, mapsB, sorted, scaleMode, colours, enlargement])

  const range = rangeFor(pair, channel, scaleMode, colours === 'polar')
  const { layer } = mapsA.activations
  return (
    <div className="compare" aria-busy={busy}>
      <section aria-label="Channels">
        <div className="view-bar">
          <Select
            bare
            name="Order"
            value={order}
            choices={[
              ['difference', 'Most different'],
              ['first', `Strongest on ${photo.name}`],
              ['second', `Strongest on ${second.name}`],
              ['number', 'Number'],
            ]}
            onChange={setOrder}
          />
          <ScaleSwitch look={look} />
          <ColourLegend
            colours={colours}
            range={modeFor(pair, scaleMode) === 'layer' ? range : null}
          />
          <div className="end">
            <SavePicture
              session={photo.session}
              title={`${layer}, ${photo.name} and ${second.name}`}
              draw={() => drawSheet(content)}
              small
            />
            <IconButton icon={X} name="Compare with another photo" onClick={() => close('b')} />
          </div>
        </div>
        <MapSheetView
          name={`Channels of ${layer} on both photos`}
          content={content}
          chosen={channel}
          chosenName={`${channelName(mapsA.activations, channel)}; on ${second.name}: ${channelName(mapsB.activations, channel)}`}
          onChoose={chooseChannel}
          onOpen={chooseChannel}
          onHover={() => {}}
        />
      </section>
      <section className="pair" aria-label={`Channel ${channel} on both photos`}>
        {(
          [
            [photo, mapsA],
            [second, mapsB],
          ] as const
        ).map(([of, maps]) => (
          <PairPicture
            key={of.slot}
            photo={of}
            model={model}
            maps={maps}
            channel={channel}
            range={range}
            colours={colours}
            smooth={enlargement === 'smooth'}
            cell={cell}
            onCell={setCell}
          />
        ))}
        <ColourLegend colours={colours} range={range} note={`channel ${channel}`} />
      </section>
    </div>
  )
}
