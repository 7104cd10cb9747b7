// How far panels reach into the Cloud's room from its edges.
import { type CloudInset, nothingCovered } from '../../scene/cloud/free-area.ts'

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A plate that is shorter leaves the cloud room beside it. */
const longEnough = 0.4

/** @param plates what floats over the room */
export function coveredEdges(room: Box, plates: readonly Box[]): CloudInset {
  const [wide, tall] = [room.right - room.left, room.bottom - room.top]
  if (wide <= 0 || tall <= 0) return nothingCovered
  let { leftPx, rightPx, bottomPx } = nothingCovered
  for (const plate of plates) {
    const toLeft = (plate.left + plate.right) / 2 < (room.left + room.right) / 2
    if (plate.right - plate.left <= 0 || plate.bottom - plate.top <= 0) continue
    if (plate.bottom - plate.top >= tall * longEnough) {
      if (toLeft) leftPx = Math.max(leftPx, plate.right - room.left)
      else rightPx = Math.max(rightPx, room.right - plate.left)
    } else if (
      plate.right - plate.left >= wide * longEnough &&
      plate.bottom > room.top + tall / 2
    ) {
      bottomPx = Math.max(bottomPx, room.bottom - plate.top)
    }
  }
  return { leftPx, rightPx, topPx: 0, bottomPx }
}
