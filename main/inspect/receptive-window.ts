// The rectangle of the input that one position of a layer sees, as the window draws it.
import type { PointReading } from '../../preload/contract/inspector.ts'
import { fieldAt } from '../onnx/receptive-field.ts'
import type { TappedLayer } from './network.ts'

/** Cut at the input's edges; undefined for a layer that sees everything at once. */
export function windowAt(
  { info, field }: Pick<TappedLayer, 'info' | 'field'>,
  inputSizePx: number,
  x: number,
  y: number,
): NonNullable<PointReading['window']> | undefined {
  if (info.receptiveField === null || field === undefined) return undefined
  const picture = { widthPx: inputSizePx, heightPx: inputSizePx }
  const { left, top, width, height } = fieldAt(field, y, x, picture)
  return { leftPx: left, topPx: top, widthPx: width, heightPx: height }
}
