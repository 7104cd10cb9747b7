// The piece of a photo that stands for a position of a layer.

import type { PatchWindow } from '../protocol.ts'
import type { SampledSquare } from '../sampling/sample-file.ts'

/**
 * Most of the input that a patch shows, a side. Late layers could see all of it, but what counts
 * for a position lies near its middle: the effective field grows with the root of the depth (Luo et
 * al. 2016, "Understanding the effective receptive field", https://arxiv.org/abs/1701.04128).
 */
const mostShare = 0.4

/** Positions of a layer along one axis, see LayerInfo.receptiveField. */
export interface FieldOfLayer {
  readonly sizePx: number
  readonly stridePx: number
  readonly startPx: number
}

/**
 * The middle of the position's receptive field: a square within what the network was shown.
 *
 * @param square of the photo, which the network saw in `inputSizePx` pixels
 */
export function patchWindow(
  field: FieldOfLayer,
  inputSizePx: number,
  { row, column }: { readonly row: number; readonly column: number },
  square: SampledSquare,
): PatchWindow {
  const sidePx = Math.min(field.sizePx, inputSizePx * mostShare)
  const along = (position: number): number => {
    const middle = field.startPx + position * field.stridePx + field.sizePx / 2
    return Math.min(Math.max(middle - sidePx / 2, 0), inputSizePx - sidePx)
  }
  const scale = square.sidePx / inputSizePx
  return {
    leftPx: square.leftPx + along(column) * scale,
    topPx: square.topPx + along(row) * scale,
    widthPx: sidePx * scale,
    heightPx: sidePx * scale,
  }
}
