// A kernel at work: its response over the photo, and the sum at one position of it.
import { useMemo, useState } from 'react'
import type { FirstKernels } from '../../../../preload/contract/inspector.ts'
import type { LayerMaps } from '../../../state/layer-maps-slice.ts'
import { formatShare } from '../../../ui/format.ts'
import { Slider } from '../../../ui/slider.tsx'
import { useRememberedNumber } from '../../../ui/use-remembered.ts'
import { channelImage, extentOf, layerOf } from '../picture/channel-overlay.ts'
import { ColourLegend } from '../picture/colour-legend.tsx'
import { type Cell, cellAfterKey, cellAt } from '../picture/crop-maths.ts'
import { CropPicture, type Mark } from '../picture/crop-picture.tsx'
import { drawCrop } from '../picture/draw-crop.ts'
import { isSigned, rangeFor } from '../picture/layer-scale.ts'
import { SavePicture } from '../picture/save-picture.tsx'
import { useMapLook } from '../picture/use-map-look.ts'
import type { InspectedProps } from '../view-panel.tsx'
import { KernelSum } from './kernel-sum.tsx'
import { strongestCell } from './strongest-cell.ts'
import { useKernelReading } from './use-kernel-reading.ts'

interface KernelWorkProps extends InspectedProps {
  readonly kernels: FirstKernels
  readonly kernel: number
  readonly maps: LayerMaps
}

const blendRange = { min: 0, max: 1, initial: 0.55 } as const

export function KernelWork({ photo, model, kernels, kernel, maps }: KernelWorkProps) {
  const [blend, setBlend] = useRememberedNumber('inspector.kernel-blend', blendRange)
  const [pointed, setPointed] = useState<Cell | null>(null)
  const { coloursFor, enlargement } = useMapLook()
  const layer = layerOf(model, kernels.layer)
  const { activations } = maps
  const { inputSizePx } = model
  const map = { ...activations, receptiveField: layer?.receptiveField ?? null }
  /** The last place that was pointed at stays, so that its sum can be read in peace. */
  const cell = useMemo(() => pointed ?? strongestCell(maps, kernel), [pointed, maps, kernel])
  const reading = useKernelReading(photo.session, kernel, cell)

  const colours = coloursFor(isSigned([maps]))
  const range = useMemo(
    () => rangeFor([maps], kernel, 'channel', colours === 'polar'),
    [maps, kernel, colours],
  )
  const image = useMemo(
    () => channelImage(maps, kernel, range, colours),
    [maps, kernel, range, colours],
  )
  const overlay = {
    image,
    box: extentOf(maps, layer, inputSizePx),
    opacity: blend,
    smooth: enlargement === 'smooth',
  }
  const startPx = layer?.receptiveField?.startPx ?? 0
  const marks: Mark[] = [
    {
      kind: 'spot',
      box: {
        left: startPx + cell.x * kernels.stridePx,
        top: startPx + cell.y * kernels.stridePx,
        width: kernels.widthPx,
        height: kernels.heightPx,
      },
    },
  ]
  return (
    <section className="kernel-work" aria-label={`Kernel ${kernel} on this photo`}>
      <div className="view-bar">
        <h3>Kernel {kernel}</h3>
        <Slider
          name="Blend between photo and response"
          label="Photo"
          value={blend}
          min={0}
          max={1}
          step={0.05}
          text={formatShare(blend)}
          showValue={false}
          onChange={setBlend}
        />
        <span className="view-title">Response</span>
        <ColourLegend colours={colours} range={range} />
        <div className="end">
          <SavePicture
            session={photo.session}
            title={`${kernels.layer}, response of kernel ${kernel}`}
            draw={() => drawCrop(photo, inputSizePx, overlay)}
            small
          />
        </div>
      </div>
      <div className="picture">
        <CropPicture
          photo={photo}
          inputSizePx={inputSizePx}
          name={`Response of kernel ${kernel} over the photo. Arrow keys move the kernel.`}
          overlay={overlay}
          marks={marks}
          onPlace={(place) => {
            if (place !== null) setPointed(cellAt(map, inputSizePx, place))
          }}
          onKeyDown={(event) => {
            const next = cellAfterKey(map, cell, event.key, event.shiftKey ? 10 : 1)
            if (next === null) return
            event.preventDefault()
            setPointed(next)
          }}
        />
      </div>
      <KernelSum kernels={kernels} kernel={kernel} cell={cell} reading={reading} />
    </section>
  )
}
