// One channel over the photo: how strong it is where, and what each value sees.
import { ChevronLeft, Maximize2, Sparkles } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { LayerInfo } from '../../../../preload/contract/inspector.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { formatShare } from '../../../ui/format.ts'
import { Slider } from '../../../ui/slider.tsx'
import { useRememberedNumber } from '../../../ui/use-remembered.ts'
import { useLatent } from '../../../use-latent.ts'
import { isPlaceless, valueWords } from '../network/layer-words.ts'
import { channelImage, extentOf } from '../picture/channel-overlay.ts'
import { ColourLegend } from '../picture/colour-legend.tsx'
import { type Cell, cellAfterKey, cellAt, cellBox, fieldBox } from '../picture/crop-maths.ts'
import { CropPicture, type Mark, type Overlay } from '../picture/crop-picture.tsx'
import { drawCrop } from '../picture/draw-crop.ts'
import { isSigned, rangeFor } from '../picture/layer-scale.ts'
import { EnlargementSwitch } from '../picture/map-look-controls.tsx'
import { ExportTensor, SavePicture } from '../picture/save-picture.tsx'
import type { MapLook } from '../picture/use-map-look.ts'
import { usePointReading } from '../use-point-reading.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { classOfChannel } from './channel-name.ts'

interface ChannelDetailProps extends InspectedProps {
  readonly layer: LayerInfo | null
  readonly maps: LayerMaps
  readonly channel: number
  readonly look: MapLook
  readonly zoomed: boolean
  readonly onZoom: (zoomed: boolean) => void
}

export const blendRange = { min: 0, max: 1, initial: 0.7 } as const

export function ChannelDetail(props: ChannelDetailProps) {
  const { photo, model, layer, maps, channel, look, zoomed, onZoom } = props
  const { activations } = maps
  const lookAtUnit = useLatent((state) => state.lookAtUnit)
  const [blend, setBlend] = useRememberedNumber('inspector.blend', blendRange)
  const [pointed, setPointed] = useState<Cell | null>(null)
  const cell =
    pointed !== null && pointed.x < activations.widthPx && pointed.y < activations.heightPx
      ? pointed
      : null
  const reading = usePointReading(maps, channel, cell)

  const colours = look.coloursFor(isSigned([maps]))
  const { scaleMode } = look
  const range = useMemo(
    () => rangeFor([maps], channel, scaleMode, colours === 'polar'),
    [maps, channel, scaleMode, colours],
  )
  const image = useMemo(
    () => channelImage(maps, channel, range, colours),
    [maps, channel, range, colours],
  )
  const overlay: Overlay = {
    image,
    box: extentOf(maps, layer, model.inputSizePx),
    opacity: blend,
    smooth: look.enlargement === 'smooth',
  }
  const map = { ...activations, receptiveField: layer?.receptiveField ?? null }
  const marks: Mark[] =
    cell === null
      ? []
      : [
          { kind: 'field', box: fieldBox(map.receptiveField, model.inputSizePx, cell) },
          { kind: 'cell', box: cellBox(map, model.inputSizePx, cell) },
        ]
  const title = `${activations.layer}, channel ${channel}`
  const middle = { x: Math.floor(map.widthPx / 2), y: Math.floor(map.heightPx / 2) }

  return (
    <section className="channel-detail" aria-label={title}>
      <div className="view-bar">
        {zoomed && (
          <IconButton
            icon={ChevronLeft}
            name="Back to all channels"
            onClick={() => onZoom(false)}
          />
        )}
        <h3 className="one-line">
          Channel {channel} <span>{classOfChannel(model, activations, channel)}</span>
        </h3>
        <div className="end">
          {!zoomed && <IconButton icon={Maximize2} name="Enlarge" onClick={() => onZoom(true)} />}
          <Button
            icon={Sparkles}
            title="What this channel looks for: photos and dream"
            onClick={() => lookAtUnit(activations.layer, channel)}
          >
            Its unit
          </Button>
        </div>
      </div>
      <div className="picture">
        <CropPicture
          photo={photo}
          inputSizePx={model.inputSizePx}
          name={`${title} over the photo. Arrow keys move the place that is read.`}
          overlay={overlay}
          marks={marks}
          onPlace={(place) =>
            setPointed(place === null ? null : cellAt(map, model.inputSizePx, place))
          }
          onKeyDown={(event) => {
            if (event.key === 'Escape') onZoom(false)
            const next = cellAfterKey(map, cell ?? middle, event.key, event.shiftKey ? 5 : 1)
            if (next === null) return
            event.preventDefault()
            setPointed(next)
          }}
        />
      </div>
      <div className="reading">
        <output aria-live="off">
          {reading === null || cell === null ? (
            isPlaceless(activations) ? (
              'This layer knows no places: one number for the whole photo.'
            ) : (
              'Move over the photo to read a value.'
            )
          ) : (
            <>
              <b>{valueWords(reading.value)}</b> at {cell.x}, {cell.y}
              {map.receptiveField !== null &&
                `, sees ${map.receptiveField.sizePx} × ${map.receptiveField.sizePx} pixels`}
            </>
          )}
        </output>
        <dl className="channel-facts" aria-label="Channel statistics">
          {(
            [
              ['Least', valueWords(activations.minima[channel] ?? 0)],
              ['Most', valueWords(activations.maxima[channel] ?? 0)],
              ['Mean', valueWords(activations.means[channel] ?? 0)],
              ['Zero', formatShare(activations.sparsities[channel] ?? 0)],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <ColourLegend colours={colours} range={range} />
        <div className="blend">
          <Slider
            name="Blend between photo and map"
            label="Photo"
            value={blend}
            min={0}
            max={1}
            step={0.05}
            text={formatShare(blend)}
            showValue={false}
            onChange={setBlend}
          />
          <span>Map</span>
          <EnlargementSwitch look={look} />
        </div>
        <div className="actions">
          <SavePicture
            session={photo.session}
            title={title}
            draw={() => drawCrop(photo, model.inputSizePx, overlay)}
          />
          <ExportTensor session={photo.session} layer={activations.layer} channel={channel} />
        </div>
      </div>
    </section>
  )
}
