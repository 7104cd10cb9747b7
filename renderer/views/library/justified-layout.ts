// Where every photo of a list lies in the justified grid: rows of equal width, photos uncropped.

export interface JustifiedLayout {
  /** Index of each row's first photo, and the photo count at the end: rows + 1 entries. */
  readonly rowStarts: Uint32Array
  /** Top of each row, and the content height at the end: rows + 1 entries. */
  readonly rowTopsPx: Float64Array
  /** Height of each row, without the gap below it. */
  readonly rowHeightsPx: Uint16Array
  /** Left edge and width of each photo. */
  readonly leftsPx: Float32Array
  readonly widthsPx: Float32Array
  readonly rowCount: number
  readonly contentHeightPx: number
}

export interface GridShape {
  readonly containerWidthPx: number
  /** Rows come out near this height, never above 1.5 times of it. */
  readonly rowHeightPx: number
  readonly gapPx: number
}

const unknownAspect = 3 / 2
/** Panoramas and strips are cropped to these, or they would take rows for themselves. */
const narrowestAspect = 0.45
const widestAspect = 3.2

export const aspectOf = (widthPx: number, heightPx: number): number =>
  widthPx === 0 || heightPx === 0
    ? unknownAspect
    : Math.min(widestAspect, Math.max(narrowestAspect, widthPx / heightPx))

/**
 * One pass over the sizes. A row is closed where its height comes closest to the wanted one.
 * All edges are whole pixels, and the last photo of a full row ends at the container's edge.
 */
export function justify(
  photoWidthsPx: Uint32Array,
  photoHeightsPx: Uint32Array,
  shape: GridShape,
): JustifiedLayout {
  const count = photoWidthsPx.length
  const { containerWidthPx, rowHeightPx, gapPx } = shape
  const aspects = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    aspects[i] = aspectOf(photoWidthsPx[i] ?? 0, photoHeightsPx[i] ?? 0)
  }
  const rowStarts = new Uint32Array(count + 1)
  const rowTopsPx = new Float64Array(count + 1)
  const rowHeightsPx = new Uint16Array(count)
  const leftsPx = new Float32Array(count)
  const widthsPx = new Float32Array(count)
  let rows = 0
  let topPx = 0

  const closeRow = (start: number, end: number, aspectSum: number, stretched: boolean): void => {
    const roomPx = Math.max(1, containerWidthPx - gapPx * (end - start - 1))
    const exactHeightPx = stretched ? roomPx / aspectSum : Math.min(rowHeightPx, roomPx / aspectSum)
    const rowWidthPx = stretched ? roomPx : exactHeightPx * aspectSum
    let aspectBefore = 0
    for (let i = start; i < end; i++) {
      const leftPx = Math.round((rowWidthPx * aspectBefore) / aspectSum)
      aspectBefore += aspects[i] ?? 0
      const rightPx = Math.round((rowWidthPx * aspectBefore) / aspectSum)
      leftsPx[i] = leftPx + gapPx * (i - start)
      widthsPx[i] = Math.max(1, rightPx - leftPx)
    }
    const heightPx = Math.max(1, Math.round(exactHeightPx))
    rowStarts[rows] = start
    rowTopsPx[rows] = topPx
    rowHeightsPx[rows] = heightPx
    topPx += heightPx + gapPx
    rows += 1
  }

  let start = 0
  let aspectSum = 0
  for (let i = 0; i < count; i++) {
    const aspect = aspects[i] ?? 0
    const held = i - start
    const heightWithPx = (containerWidthPx - gapPx * held) / (aspectSum + aspect)
    if (heightWithPx > rowHeightPx) {
      aspectSum += aspect
      continue
    }
    const heightWithoutPx = (containerWidthPx - gapPx * (held - 1)) / aspectSum
    const withoutIsCloser =
      held > 0 &&
      heightWithoutPx <= rowHeightPx * 1.5 &&
      heightWithoutPx - rowHeightPx < rowHeightPx - heightWithPx
    if (withoutIsCloser) {
      closeRow(start, i, aspectSum, true)
      start = i
      aspectSum = aspect
      if (containerWidthPx / aspect > rowHeightPx) continue
    } else {
      aspectSum += aspect
    }
    closeRow(start, i + 1, aspectSum, true)
    start = i + 1
    aspectSum = 0
  }
  if (start < count) closeRow(start, count, aspectSum, false)
  rowStarts[rows] = count
  rowTopsPx[rows] = Math.max(0, topPx - gapPx)

  return {
    rowStarts: rowStarts.slice(0, rows + 1),
    rowTopsPx: rowTopsPx.slice(0, rows + 1),
    rowHeightsPx: rowHeightsPx.slice(0, rows),
    leftsPx,
    widthsPx,
    rowCount: rows,
    contentHeightPx: rowTopsPx[rows] ?? 0,
  }
}
