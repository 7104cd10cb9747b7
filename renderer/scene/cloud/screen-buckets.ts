// The points sorted by where they stand on the canvas, to know at once which are near the pointer.
import type { CameraPose } from './camera-pose.ts'
import { pointFlag } from './cloud-scene-types.ts'
import type { PointArrays } from './point-arrays.ts'
import { type CanvasSize, projector } from './projector.ts'

const bucketPx = 32

export class ScreenBuckets {
  private readonly columns: number
  private readonly rows: number
  /** Where each bucket begins in `slots`. */
  private readonly starts: Uint32Array
  private readonly slots: Uint32Array

  constructor(pose: CameraPose, canvas: CanvasSize, arrays: PointArrays, glide: number) {
    // One more on each side for dots whose middle is out of sight.
    this.columns = Math.ceil(canvas.widthPx / bucketPx) + 2
    this.rows = Math.ceil(canvas.heightPx / bucketPx) + 2
    const none = this.columns * this.rows
    const see = projector(pose, canvas)
    const { from, to, paint } = arrays
    const count = paint.length / 4
    const buckets = new Uint32Array(count)
    const starts = new Uint32Array(none + 2)
    for (let slot = 0; slot < count; slot++) {
      const along = (at: number): number => {
        const start = from[at] ?? 0
        return start + ((to[at] ?? 0) - start) * glide
      }
      const hidden = ((paint[slot * 4 + 3] ?? 0) & pointFlag.hidden) !== 0
      const seen = see(along(slot * 3), along(slot * 3 + 1), along(slot * 3 + 2))
      const bucket = hidden || seen.depth <= 0 ? none : this.bucketAt(seen.xPx, seen.yPx)
      buckets[slot] = bucket
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
    }
    for (let bucket = 0; bucket <= none; bucket++)
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
    const next = starts.slice()
    this.slots = new Uint32Array(count)
    for (let slot = 0; slot < count; slot++) {
      const bucket = buckets[slot] ?? none
      const at = next[bucket] ?? 0
      this.slots[at] = slot
      next[bucket] = at + 1
    }
    this.starts = starts
  }

  /** The slots whose middles are at most a bucket's side away, and some more, in their order. */
  near(xPx: number, yPx: number): Uint32Array {
    const [column, row] = [Math.floor(xPx / bucketPx) + 1, Math.floor(yPx / bucketPx) + 1]
    const parts: Uint32Array[] = []
    for (let y = Math.max(0, row - 1); y <= Math.min(this.rows - 1, row + 1); y++) {
      const first = y * this.columns + Math.max(0, column - 1)
      const last = y * this.columns + Math.min(this.columns - 1, column + 1)
      if (last >= first) parts.push(this.slots.subarray(this.starts[first], this.starts[last + 1]))
    }
    const found = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      found.set(part, at)
      at += part.length
    }
    return found.sort()
  }

  private bucketAt(xPx: number, yPx: number): number {
    const [column, row] = [Math.floor(xPx / bucketPx) + 1, Math.floor(yPx / bucketPx) + 1]
    const inside = column >= 0 && column < this.columns && row >= 0 && row < this.rows
    return inside ? row * this.columns + column : this.columns * this.rows
  }
}
