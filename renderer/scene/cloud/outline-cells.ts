// The outline's box in small squares: most lie wholly inside or outside, and no edge need be asked there.

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const cellPx = 8
const crossed = 0
const outside = 1
const inside = 2

/**
 * @param polygonPx [corners, 2], closed by itself
 * @param byEdges a test for one pixel that needs no cells
 * @returns what is true for all of a pixel's cell, null where an edge goes through it
 */
export function outlineCells(
  polygonPx: Float32Array,
  { left, right, top, bottom }: Box,
  byEdges: (xPx: number, yPx: number) => boolean,
): (xPx: number, yPx: number) => boolean | null {
  const columns = Math.floor((right - left) / cellPx) + 1
  const rows = Math.floor((bottom - top) / cellPx) + 1
  const cells = new Uint8Array(columns * rows).fill(outside)
  const corners = polygonPx.length >> 1
  for (let i = 0; i < corners; i++) {
    const next = (i + 1) % corners
    const [x, y] = [polygonPx[2 * i] ?? 0, polygonPx[2 * i + 1] ?? 0]
    const [nextX, nextY] = [polygonPx[2 * next] ?? 0, polygonPx[2 * next + 1] ?? 0]
    // Steps of half a cell, and the cells around each, miss none that the edge goes through.
    const steps = Math.ceil(Math.hypot(nextX - x, nextY - y) / (cellPx / 2)) || 1
    for (let step = 0; step <= steps; step++) {
      const column = Math.floor((x + ((nextX - x) * step) / steps - left) / cellPx)
      const row = Math.floor((y + ((nextY - y) * step) / steps - top) / cellPx)
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++)
          cells[r * columns + c] = crossed
    }
  }
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column
      if (cells[at] === crossed) continue
      const middle = [left + (column + 0.5) * cellPx, top + (row + 0.5) * cellPx] as const
      if (middle[1] <= bottom && byEdges(...middle)) cells[at] = inside
    }
  return (xPx, yPx) => {
    const at = Math.floor((yPx - top) / cellPx) * columns + Math.floor((xPx - left) / cellPx)
    const cell = cells[at] ?? crossed
    return cell === crossed ? null : cell === inside
  }
}
