// How the GPU's memory is shared out: what the scene takes in all stays below a stated limit.
import { pageBytes, thumbnailPages, tilePages } from './picture-pages-size.ts'

export interface GpuBudget {
  readonly limitBytes: number
  readonly tileLayers: number
  readonly thumbnailLayers: number
}

const mebibyte = 1024 * 1024
const capableLimit = 256 * mebibyte
/** Software draws from the computer's own memory, and slowly: more pictures would not help it. */
const softwareLimit = 128 * mebibyte
/** Room for a million points and for the canvas of a large screen, so that growing moves nothing. */
const pointsReserve = 30 * mebibyte
const canvasReserve = { capable: 72 * mebibyte, software: 20 * mebibyte }
const mostTileLayers = 3
const mostThumbnails = 384
const leastThumbnails = 16

/** @param canvasBytes of everything as large as the canvas */
export function gpuBudget(software: boolean, pointBytes: number, canvasBytes: number): GpuBudget {
  const limitBytes = software ? softwareLimit : capableLimit
  const reserve = software ? canvasReserve.software : canvasReserve.capable
  const taken = Math.max(pointBytes, pointsReserve) + Math.max(canvasBytes, reserve)
  const left = Math.max(0, limitBytes - taken)
  const tileBytes = pageBytes(tilePages, 1)
  const tileLayers = Math.max(1, Math.min(mostTileLayers, Math.floor((left * 0.5) / tileBytes)))
  const thumbnailBytes = pageBytes(thumbnailPages, 1)
  const thumbnails = Math.floor((left - tileLayers * tileBytes) / thumbnailBytes)
  const thumbnailLayers = Math.max(leastThumbnails, Math.min(mostThumbnails, thumbnails))
  return { limitBytes, tileLayers, thumbnailLayers }
}
