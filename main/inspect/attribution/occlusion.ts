// Occlusion sensitivity (Zeiler & Fergus 2014, https://arxiv.org/abs/1311.2901, section 4.2).

import type { Network } from '../network.ts'
import type { StepProgress } from '../protocol.ts'
import { softmax } from '../softmax.ts'
import type { AttributionMap } from './attribute.ts'

/** The grey square's side as a share of the picture's. */
const squareShare = 1 / 5
const positionsPerSide = 11
/** Resolution of the result. */
const cellsPerSide = 44
const grey = 128

/**
 * Hides one square after the other behind grey and notes how much of the class's probability goes.
 * A cell holds the mean over all squares that cover its middle.
 *
 * @param pixels sRGB uint8 [side, side, 3]
 * @returns [44, 44]; negative where hiding helps
 */
export async function occlusion(
  network: Network,
  pixels: Uint8Array,
  classIndex: number,
  signal: AbortSignal,
  progress: (progress: StepProgress) => void,
): Promise<AttributionMap> {
  const side = network.spec.inputSizePx
  const squarePx = Math.round(side * squareShare)
  const session = await network.partSession(network.end)
  const probabilityOf = async (picture: Uint8Array): Promise<number> => {
    const outputs = await session.run({ pixels: { data: picture, dims: [1, side, side, 3] } })
    return softmax(outputs[network.end]?.data ?? new Float32Array())[classIndex] ?? 0
  }
  const whole = await probabilityOf(pixels)
  const losses = new Float32Array(cellsPerSide ** 2)
  const covers = new Float32Array(cellsPerSide ** 2)
  const total = positionsPerSide ** 2
  for (let position = 0; position < total; position++) {
    signal.throwIfAborted()
    progress({ done: position, total })
    const left = startOf(position % positionsPerSide, side - squarePx)
    const top = startOf(Math.floor(position / positionsPerSide), side - squarePx)
    const loss = whole - (await probabilityOf(hidden(pixels, side, left, top, squarePx)))
    eachCoveredCell(side, left, top, squarePx, (cell) => {
      losses[cell] = (losses[cell] ?? 0) + loss
      covers[cell] = (covers[cell] ?? 0) + 1
    })
  }
  return {
    heightPx: cellsPerSide,
    widthPx: cellsPerSide,
    values: losses.map((loss, cell) => loss / Math.max(covers[cell] ?? 0, 1)),
  }
}

const startOf = (position: number, lastStart: number): number =>
  Math.round((position * lastStart) / (positionsPerSide - 1))

function hidden(
  pixels: Uint8Array,
  side: number,
  left: number,
  top: number,
  squarePx: number,
): Uint8Array {
  const picture = pixels.slice()
  for (let y = top; y < top + squarePx; y++) {
    picture.fill(grey, (y * side + left) * 3, (y * side + left + squarePx) * 3)
  }
  return picture
}

function eachCoveredCell(
  side: number,
  left: number,
  top: number,
  squarePx: number,
  visit: (cell: number) => void,
): void {
  const cellPx = side / cellsPerSide
  const covers = (cell: number, start: number): boolean => {
    const middle = (cell + 0.5) * cellPx
    return middle >= start && middle < start + squarePx
  }
  for (let y = 0; y < cellsPerSide; y++) {
    if (!covers(y, top)) continue
    for (let x = 0; x < cellsPerSide; x++) if (covers(x, left)) visit(y * cellsPerSide + x)
  }
}
