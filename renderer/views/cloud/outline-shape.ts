// The outline of a selection while it is drawn: a box or a lasso, as a polygon of the canvas.

export interface Place {
  readonly xPx: number
  readonly yPx: number
}

/** Closer points tell nothing more about a line drawn by hand. */
const leastStepPx = 3

export const boxOutline = (from: Place, to: Place): readonly Place[] => [
  from,
  { xPx: to.xPx, yPx: from.yPx },
  to,
  { xPx: from.xPx, yPx: to.yPx },
]

/** The line with one more place, unless it is too near to the last. */
export function lassoOutline(line: readonly Place[], to: Place): readonly Place[] {
  const last = line.at(-1)
  if (last !== undefined && Math.hypot(to.xPx - last.xPx, to.yPx - last.yPx) < leastStepPx)
    return line
  return [...line, to]
}

/** x and y in turn, as the scene takes it. */
export const polygonOf = (outline: readonly Place[]): Float32Array =>
  Float32Array.from(outline.flatMap(({ xPx, yPx }) => [xPx, yPx]))

/** As an SVG path. */
export const pathOf = (outline: readonly Place[]): string =>
  outline.length < 2
    ? ''
    : `M${outline.map(({ xPx, yPx }) => `${xPx.toFixed(1)} ${yPx.toFixed(1)}`).join('L')}Z`
