// The rectangle of the input that one position of a layer sees.
import type { LayerInfo, PointReading } from '../../preload/contract/inspector.ts'

/** Cut at the input's edges; undefined for a layer that sees everything at once. */
export function windowAt(
  { receptiveField }: Pick<LayerInfo, 'receptiveField'>,
  inputSizePx: number,
  x: number,
  y: number,
): PointReading['window'] | undefined {
  if (receptiveField === null) return undefined
  const { sizePx, stridePx, startPx } = receptiveField
  const span = (position: number): [start: number, length: number] => {
    const start = startPx + position * stridePx
    const from = Math.min(Math.max(start, 0), inputSizePx)
    const to = Math.max(Math.min(start + sizePx, inputSizePx), from)
    return [from, to - from]
  }
  const [leftPx, widthPx] = span(x)
  const [topPx, heightPx] = span(y)
  return { leftPx, topPx, widthPx, heightPx }
}
