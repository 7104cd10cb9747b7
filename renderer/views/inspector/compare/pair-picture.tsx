// One of the two photos with the chosen channel over it; the pointer of either is shown on both.
import { useMemo } from 'react'
import type { ColourMapName } from '../../../scene/colour-maps.ts'
import type { ValueRange } from '../../../scene/map-scale.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { valueWords } from '../network/layer-words.ts'
import { channelImage, extentOf, layerOf } from '../picture/channel-overlay.ts'
import { type Cell, cellAfterKey, cellAt, cellBox } from '../picture/crop-maths.ts'
import { CropPicture } from '../picture/crop-picture.tsx'
import { drawCrop } from '../picture/draw-crop.ts'
import { SavePicture } from '../picture/save-picture.tsx'
import { usePointReading } from '../use-point-reading.ts'
import type { InspectedProps } from '../view-panel.tsx'

interface PairPictureProps extends InspectedProps {
  readonly maps: LayerMaps
  readonly channel: number
  readonly range: ValueRange
  readonly colours: ColourMapName
  readonly smooth: boolean
  readonly cell: Cell | null
  readonly onCell: (cell: Cell | null) => void
}

const opacity = 0.7

export function PairPicture(props: PairPictureProps) {
  const { photo, model, maps, channel, range, colours, smooth, onCell } = props
  const { activations } = maps
  const layer = layerOf(model, activations.layer)
  const map = { ...activations, receptiveField: layer?.receptiveField ?? null }
  const cell =
    props.cell !== null && props.cell.x < map.widthPx && props.cell.y < map.heightPx
      ? props.cell
      : null
  const reading = usePointReading(maps, channel, cell)
  const image = useMemo(
    () => channelImage(maps, channel, range, colours),
    [maps, channel, range, colours],
  )
  const overlay = { image, box: extentOf(maps, layer, model.inputSizePx), opacity, smooth }
  const middle = { x: Math.floor(map.widthPx / 2), y: Math.floor(map.heightPx / 2) }
  return (
    <figure className="pair-picture">
      <CropPicture
        photo={photo}
        inputSizePx={model.inputSizePx}
        name={`Channel ${channel} over ${photo.name}. Arrow keys move the place that is read.`}
        overlay={overlay}
        marks={cell === null ? [] : [{ kind: 'cell', box: cellBox(map, model.inputSizePx, cell) }]}
        onPlace={(place) => onCell(place === null ? null : cellAt(map, model.inputSizePx, place))}
        onKeyDown={(event) => {
          const next = cellAfterKey(map, cell ?? middle, event.key, event.shiftKey ? 5 : 1)
          if (next === null) return
          event.preventDefault()
          onCell(next)
        }}
      />
      <figcaption>
        <strong className="one-line" title={photo.name}>
          {photo.name}
        </strong>
        <output aria-live="off">
          {reading === null
            ? `at most ${valueWords(activations.maxima[channel] ?? 0)}`
            : valueWords(reading.value)}
        </output>
        <SavePicture
          session={photo.session}
          title={`${activations.layer}, channel ${channel}`}
          draw={() => drawCrop(photo, model.inputSizePx, overlay)}
          small
        />
      </figcaption>
    </figure>
  )
}
