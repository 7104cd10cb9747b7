// The arithmetic of looking at an atlas: where its unit square lies, and which grid is shown.

export interface SizePx {
  readonly widthPx: number
  readonly heightPx: number
}

/** `scalePx` is the side of the whole map on the screen; `u`, `v` is the map's middle of it. */
export interface AtlasView {
  readonly u: number
  readonly v: number
  readonly scalePx: number
}

interface Grid {
  readonly side: number
}

/** Room around the whole map. */
const marginPx = 16
/** A finer grid comes in while its cells grow from the one to the other. */
const fadeFromPx = 34
const fadeToPx = 56
/** What is left of the grid before under it, so that its gaps do not look empty. */
const ghost = 0.4
/** Cells of the finest grid at the closest. */
const closestCellPx = 260

export const fitView = ({ widthPx, heightPx }: SizePx, topPx = 0): AtlasView => {
  const scalePx = Math.max(1, Math.min(widthPx, heightPx - topPx) - 2 * marginPx)
  return { u: 0.5, v: 0.5 - topPx / 2 / scalePx, scalePx }
}

/** Keeps the map in sight: not smaller than fitted, its edge never past the middle. */
export function settled(
  view: AtlasView,
  size: SizePx,
  grids: readonly Grid[],
  topPx = 0,
): AtlasView {
  const fit = fitView(size, topPx)
  const finest = Math.max(1, ...grids.map(({ side }) => side))
  const scalePx = Math.min(
    Math.max(view.scalePx, fit.scalePx),
    Math.max(fit.scalePx, finest * closestCellPx),
  )
  if (scalePx === fit.scalePx) return fit
  const inside = (at: number): number => Math.min(Math.max(at, 0), 1)
  return { u: inside(view.u), v: inside(view.v), scalePx }
}

/** Another scale, with what lies under the point kept there. */
export function zoomedAt(
  view: AtlasView,
  factor: number,
  xPx: number,
  yPx: number,
  size: SizePx,
): AtlasView {
  const [u, v] = placeAt(view, xPx, yPx, size)
  const scalePx = view.scalePx * factor
  return {
    u: u - (xPx - size.widthPx / 2) / scalePx,
    v: v - (yPx - size.heightPx / 2) / scalePx,
    scalePx,
  }
}

/** @returns place on the map under a point of the screen; outside of 0..1 beside it */
export const placeAt = (
  { u, v, scalePx }: AtlasView,
  xPx: number,
  yPx: number,
  { widthPx, heightPx }: SizePx,
): readonly [u: number, v: number] => [
  u + (xPx - widthPx / 2) / scalePx,
  v + (yPx - heightPx / 2) / scalePx,
]

/** @returns the point of the screen at a place of the map */
export const pointOf = (
  view: AtlasView,
  u: number,
  v: number,
  { widthPx, heightPx }: SizePx,
): readonly [xPx: number, yPx: number] => [
  widthPx / 2 + (u - view.u) * view.scalePx,
  heightPx / 2 + (v - view.v) * view.scalePx,
]

/**
 * How strongly each grid is drawn: the coarsest fades as the next one comes in, and so on.
 *
 * @param grids coarsest first
 * @returns 0 to 1, in their order
 */
export function strengths({ scalePx }: AtlasView, grids: readonly Grid[]): readonly number[] {
  const coming = grids.map(({ side }, i) => {
    if (i === 0) return 1
    const share = (scalePx / side - fadeFromPx) / (fadeToPx - fadeFromPx)
    return Math.min(Math.max(share, 0), 1)
  })
  return coming.map((own, i) => {
    const next = coming[i + 1] ?? 0
    const after = coming[i + 2] ?? 0
    return own * (1 - next * (1 - ghost)) * (1 - after)
  })
}

/** The grid that is pointed at: the finest that is mostly there. */
export function activeGrid(view: AtlasView, grids: readonly Grid[]): number {
  const drawn = strengths(view, grids)
  return drawn.reduce((best, strength, i) => (strength > (drawn[best] ?? 0) ? i : best), 0)
}
