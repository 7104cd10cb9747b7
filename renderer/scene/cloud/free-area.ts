// The part of the canvas that no panel lies over: where it is, and how large.
import type { CanvasSize } from './projector.ts'

/** What panels cover at the edges, in CSS pixels. */
export interface CloudInset {
  readonly leftPx: number
  readonly rightPx: number
  readonly topPx: number
  readonly bottomPx: number
}

export const nothingCovered: CloudInset = { leftPx: 0, rightPx: 0, topPx: 0, bottomPx: 0 }

export interface FreeArea {
  /** From the canvas's middle to the area's, right and down, in shares of the canvas's sides. */
  readonly aside: readonly [number, number]
  /** Its sides in shares of the canvas's. */
  readonly sides: readonly [number, number]
}

/** However much is covered, so much is left to look at. */
const least = 0.3

export function freeArea({ widthPx, heightPx }: CanvasSize, inset: CloudInset): FreeArea {
  const [x, wide] = freePart(inset.leftPx / widthPx, inset.rightPx / widthPx)
  const [y, tall] = freePart(inset.topPx / heightPx, inset.bottomPx / heightPx)
  return { aside: [x, y], sides: [wide, tall] }
}

function freePart(before: number, after: number): readonly [number, number] {
  const covered = before + after
  const factor = covered > 1 - least ? (1 - least) / covered : 1
  return [((before - after) / 2) * factor, 1 - covered * factor]
}
