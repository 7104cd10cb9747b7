// Which pixels lie inside a drawn outline (even-odd rule).
import { outlineCells } from './outline-cells.ts'

/**
 * @param polygonPx [corners, 2], closed by itself
 * @returns a test for one pixel; near the outline it asks the edges that cross the pixel's row
 */
export function insidePolygon(polygonPx: Float32Array): (xPx: number, yPx: number) => boolean {
  const corners = polygonPx.length >> 1
  if (corners < 3) return () => false
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < corners; i++) {
    const [x, y] = [polygonPx[2 * i] ?? 0, polygonPx[2 * i + 1] ?? 0]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const rows = edgesByRow(polygonPx, top, bottom)
  const byEdges = (xPx: number, yPx: number): boolean => {
    let inside = false
    for (const i of rows[Math.floor(yPx - top)] ?? []) {
      const next = (i + 1) % corners
      const [x, y] = [polygonPx[2 * i] ?? 0, polygonPx[2 * i + 1] ?? 0]
      const [nextX, nextY] = [polygonPx[2 * next] ?? 0, polygonPx[2 * next + 1] ?? 0]
      if (y > yPx === nextY > yPx) continue
      if (xPx < x + ((nextX - x) * (yPx - y)) / (nextY - y)) inside = !inside
    }
    return inside
  }
  const cellAt = outlineCells(polygonPx, { left, right, top, bottom }, byEdges)
  return (xPx, yPx) => {
    if (!(xPx >= left && xPx <= right && yPx >= top && yPx <= bottom)) return false
    return cellAt(xPx, yPx) ?? byEdges(xPx, yPx)
  }
}

/** A freely drawn outline has hundreds of edges and a library a million points. */
function edgesByRow(polygonPx: Float32Array, top: number, bottom: number): readonly number[][] {
  const corners = polygonPx.length >> 1
  const rows: number[][] = Array.from({ length: Math.floor(bottom - top) + 1 }, () => [])
  for (let i = 0; i < corners; i++) {
    const y = polygonPx[2 * i + 1] ?? 0
    const nextY = polygonPx[2 * ((i + 1) % corners) + 1] ?? 0
    const last = Math.floor(Math.max(y, nextY) - top)
    for (let row = Math.floor(Math.min(y, nextY) - top); row <= last; row++) rows[row]?.push(i)
  }
  return rows
}
