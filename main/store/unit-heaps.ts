// Of every unit of a network, the photos that excite it most and least.
import { halfTable } from './half-float.ts'

export const keptMost = 12
export const keptLeast = 4
const kept = keptMost + keptLeast

export interface UnitEntry {
  readonly photoId: number
  /** The unit's greatest activation on the photo. */
  readonly activation: number
}

/**
 * Sorted lists of fixed length, all units in two flat arrays: of each unit first the greatest, best
 * first, then the least, least first. Photo 0 marks a free place.
 */
export class UnitHeaps {
  private constructor(
    readonly unitCount: number,
    private readonly photos: Uint32Array,
    private readonly activations: Float32Array,
  ) {}

  static empty(unitCount: number): UnitHeaps {
    const places = unitCount * kept
    return new UnitHeaps(unitCount, new Uint32Array(places), new Float32Array(places))
  }

  /** @returns undefined when the bytes are of another number of units */
  static fromBytes(unitCount: number, bytes: Uint8Array): UnitHeaps | undefined {
    const places = unitCount * kept
    if (bytes.byteLength !== places * 8) return undefined
    const { buffer } = new Uint8Array(bytes)
    return new UnitHeaps(
      unitCount,
      new Uint32Array(buffer, 0, places),
      new Float32Array(buffer, places * 4, places),
    )
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.photos.byteLength * 2)
    bytes.set(new Uint8Array(this.photos.buffer, this.photos.byteOffset, this.photos.byteLength))
    bytes.set(
      new Uint8Array(
        this.activations.buffer,
        this.activations.byteOffset,
        this.activations.byteLength,
      ),
      this.photos.byteLength,
    )
    return bytes
  }

  /**
   * Takes in a photo that is not in the lists yet.
   *
   * @param maxima half floats, one a unit
   */
  add(photoId: number, maxima: Uint16Array): void {
    for (let unit = 0; unit < this.unitCount; unit++) {
      const activation = halfTable[maxima[unit] ?? 0] ?? 0
      const start = unit * kept
      const leastStart = start + keptMost
      if (this.isWanted(leastStart - 1, activation, 1)) {
        this.insert(start, keptMost, photoId, activation, 1)
      }
      if (this.isWanted(start + kept - 1, activation, -1)) {
        this.insert(leastStart, keptLeast, photoId, activation, -1)
      }
    }
  }

  /**
   * Takes a photo out wherever it is. Whoever was pushed out before does not come back: the next
   * photo takes the place, which is why more are kept than shown.
   */
  forget(photoId: number): void {
    for (let at = this.photos.indexOf(photoId); at >= 0; at = this.photos.indexOf(photoId, at)) {
      const offset = at % kept
      const end = at - offset + (offset < keptMost ? keptMost : kept)
      this.photos.copyWithin(at, at + 1, end)
      this.activations.copyWithin(at, at + 1, end)
      this.photos[end - 1] = 0
    }
  }

  /** @throws RangeError when there is no such unit */
  of(unit: number): { most: readonly UnitEntry[]; least: readonly UnitEntry[] } {
    if (unit < 0 || unit >= this.unitCount) {
      throw new RangeError(`Expected a unit below ${this.unitCount} but received ${unit}`)
    }
    const start = unit * kept
    return {
      most: this.entries(start, start + keptMost),
      least: this.entries(start + keptMost, start + kept),
    }
  }

  private entries(from: number, to: number): UnitEntry[] {
    const entries: UnitEntry[] = []
    for (let at = from; at < to; at++) {
      const photoId = this.photos[at] ?? 0
      if (photoId !== 0) entries.push({ photoId, activation: this.activations[at] ?? 0 })
    }
    return entries
  }

  private isWanted(last: number, activation: number, sign: 1 | -1): boolean {
    return this.photos[last] === 0 || sign * (activation - (this.activations[last] ?? 0)) > 0
  }

  private insert(
    start: number,
    length: number,
    photoId: number,
    activation: number,
    sign: 1 | -1,
  ): void {
    let at = start + length - 1
    while (at > start && this.isWanted(at - 1, activation, sign)) {
      this.photos[at] = this.photos[at - 1] ?? 0
      this.activations[at] = this.activations[at - 1] ?? 0
      at--
    }
    this.photos[at] = photoId
    this.activations[at] = activation
  }
}
