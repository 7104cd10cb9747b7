// One of two networks that look at the same photo: what it says, a layer's maps, one map large.
import { Loader } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ColourMapName } from '../../../scene/colour-maps.ts'
import { shadeOf, type ValueRange } from '../../../scene/map-scale.ts'
import type { SheetContent } from '../../../scene/map-sheet.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatShare } from '../../../ui/format.ts'
import { Select } from '../../../ui/select.tsx'
import { channelName } from '../activations/channel-name.ts'
import { channelOrder } from '../activations/channel-order.ts'
import { MapSheetView } from '../activations/map-sheet-view.tsx'
import type { Cell } from '../picture/crop-maths.ts'
import { modeFor, rangeFor } from '../picture/layer-scale.ts'
import type { MapLook } from '../picture/use-map-look.ts'
import { Trouble } from '../trouble.tsx'
import type { ShownMaps } from '../use-layer-maps.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { PairPicture } from './pair-picture.tsx'

interface NetworkSideProps extends InspectedProps {
  readonly shown: ShownMaps
  readonly layerName: string
  readonly onLayer: (name: string) => void
  /** Null chooses the strongest one. */
  readonly channel: number | null
  readonly onChannel: (channel: number) => void
  readonly look: MapLook
  readonly colours: ColourMapName
  /** Of both networks' layers together. */
  readonly shared: ValueRange
}

const shownAnswers = 2

export function NetworkSide(props: NetworkSideProps) {
  const { photo, model, shown, layerName, onLayer } = props
  const { maps, failure, retry } = shown
  return (
    <section className="network-side" aria-label={model.name}>
      <header>
        <h3 className="one-line" title={model.name}>
          {model.name}
        </h3>
        <Select
          bare
          name={`Layer of ${model.name}`}
          value={layerName}
          choices={model.layers.map(({ name, channels, widthPx }) => [
            name,
            `${name}, ${channels} × ${widthPx} px`,
          ])}
          onChange={onLayer}
        />
      </header>
      <ol className="answers" aria-label={`What ${model.name} sees`}>
        {photo.labels.length === 0 && <li>This model has no labels</li>}
        {photo.labels.slice(0, shownAnswers).map(({ index, name, probability }) => (
          <li key={index} className="one-line">
            {name} {formatShare(probability)}
          </li>
        ))}
      </ol>
      {failure !== null ? (
        <Trouble failure={failure} onRetry={retry} />
      ) : maps === null ? (
        <EmptyState icon={Loader} title={`Reading ${layerName}…`} />
      ) : (
        <SideMaps {...props} maps={maps} />
      )}
    </section>
  )
}

function SideMaps(props: NetworkSideProps & { readonly maps: LayerMaps }) {
  const { photo, model, maps, onChannel, look, colours, shared } = props
  const { activations, bytes } = maps
  const { scaleMode, enlargement } = look
  const [cell, setCell] = useState<Cell | null>(null)
  const order = useMemo(() => channelOrder(activations, 'strength'), [activations])
  const channel = Math.min(props.channel ?? order[0] ?? 0, activations.channels - 1)
  const isShared = modeFor([maps], scaleMode) === 'layer'
  const content = useMemo<SheetContent>(() => {
    const { channels, heightPx, widthPx } = activations
    const range = (of: number): ValueRange =>
      isShared ? shared : rangeFor([maps], of, 'channel', colours === 'polar')
    return {
      maps: [{ bytes, channels, heightPx, widthPx }],
      order,
      shadeOf: (_set, of) => shadeOf(activations, of, range(of)),
      colours,
      smooth: enlargement === 'smooth',
      cellPx: 56,
    }
  }, [maps, activations, bytes, order, isShared, shared, colours, enlargement])
  return (
    <>
      <MapSheetView
        name={`Channels of ${activations.layer} in ${model.name}`}
        content={content}
        chosen={channel}
        chosenName={channelName(activations, channel)}
        onChoose={onChannel}
        onOpen={onChannel}
        onHover={() => {}}
      />
      <PairPicture
        photo={photo}
        model={model}
        maps={maps}
        channel={channel}
        range={isShared ? shared : rangeFor([maps], channel, 'channel', colours === 'polar')}
        colours={colours}
        smooth={enlargement === 'smooth'}
        cell={cell}
        onCell={setCell}
      />
    </>
  )
}
