// The vector as a bar-code: one stripe a unit, brighter where the value is greater.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { type ColourMapName, colourTable } from '../../../scene/colour-maps.ts'
import { useElementSize } from '../../../ui/use-element-size.ts'
import { type BarcodeLayout, barcodeLayout, brightest, unitAt } from './barcode-layout.ts'

interface BarcodeProps {
  readonly values: Float32Array
  readonly colours: ColourMapName
  /** Units that stay bright while the others are dimmed; empty for none. */
  readonly lit: ReadonlySet<number>
  readonly pointed: number | null
  readonly onPoint: (unit: number | null) => void
  readonly onChoose: (unit: number) => void
}

export function Barcode({ values, colours, lit, pointed, onPoint, onChoose }: BarcodeProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [measure, { widthPx, heightPx }] = useElementSize()
  const layout = barcodeLayout(values.length, widthPx)

  useEffect(() => {
    if (canvas.current !== null && widthPx > 0)
      paintBarcode(canvas.current, values, colours, lit, widthPx, heightPx, window.devicePixelRatio)
  }, [values, colours, lit, widthPx, heightPx])

  const unitOf = (event: React.PointerEvent | React.MouseEvent): number | null => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const y = (event.clientY - bounds.top) / bounds.height
    const unit = unitAt(layout, values.length, event.clientX - bounds.left, y)
    return unit < 0 ? null : unit
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -layout.perRow,
      ArrowDown: layout.perRow,
    }
    const step = steps[event.key]
    if (event.key === 'Enter' && pointed !== null) onChoose(pointed)
    else if (step !== undefined)
      onPoint(Math.min(values.length - 1, Math.max(0, (pointed ?? 0) + step)))
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={measure}
      className="barcode"
      role="application"
      aria-label="The vector, one stripe a unit. Arrow keys walk, Enter shows the unit."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked with the arrow keys
      tabIndex={0}
      onPointerMove={(event) => onPoint(unitOf(event))}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => {
        const unit = unitOf(event)
        if (unit !== null) onChoose(unit)
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} />
      {pointed !== null && <span style={stripeStyle(layout, pointed)} />}
    </div>
  )
}

const stripeStyle = ({ perRow, rows, stripePx }: BarcodeLayout, unit: number) => ({
  left: `${(unit % perRow) * stripePx}px`,
  top: `${(Math.floor(unit / perRow) / rows) * 100}%`,
  width: `${stripePx}px`,
  height: `${100 / rows}%`,
})

const rowGapPx = 3

export function paintBarcode(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  values: Float32Array,
  colours: ColourMapName,
  lit: ReadonlySet<number>,
  widthPx: number,
  heightPx: number,
  ratio: number,
): void {
  canvas.width = Math.round(widthPx * ratio)
  canvas.height = Math.round(heightPx * ratio)
  const context = canvas.getContext('2d') as
    | CanvasRenderingContext2D
    | OffscreenCanvasRenderingContext2D
    | null // The union of both canvases' types hides which context belongs to which.
  if (context === null) return
  const layout = barcodeLayout(values.length, widthPx)
  const table = colourTable(colours)
  const top = brightest(values)
  const stripe = layout.stripePx * ratio
  const rowPx = canvas.height / layout.rows
  for (const [unit, value] of values.entries()) {
    const share = colours === 'polar' ? 0.5 + value / top / 2 : value / top
    const entry = Math.round(Math.min(1, Math.max(0, share)) * 255) * 4
    const left = Math.round((unit % layout.perRow) * stripe)
    const right = Math.round(((unit % layout.perRow) + 1) * stripe)
    const y = Math.round(Math.floor(unit / layout.perRow) * rowPx)
    context.globalAlpha = lit.size === 0 || lit.has(unit) ? 1 : 0.25
    context.fillStyle = `rgb(${table[entry]} ${table[entry + 1]} ${table[entry + 2]})`
    const height = Math.round(rowPx) - Math.round(rowGapPx * ratio)
    context.fillRect(left, y, Math.max(1, right - left), height)
    if (!lit.has(unit)) continue
    context.fillStyle = '#f2a33a'
    const middle = (left + right) / 2
    context.fillRect(middle - 1.5 * ratio, y, 3 * ratio, 5 * ratio)
    context.fillRect(middle - 1.5 * ratio, y + height - 5 * ratio, 3 * ratio, 5 * ratio)
  }
}
