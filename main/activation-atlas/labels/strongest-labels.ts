// Picks the labels that tell a cell from the others.

/** Of a photo to which the network gives no label. */
export const unknownClass = 0xffff_ffff

export interface CellLabel {
  readonly classIndex: number
  /** Effect on its score beyond the mean of all cells, or share of the cell's photos. */
  readonly strength: number
}

/**
 * What a cell argues for more than cells do on the whole, among what its photos show. Some classes
 * gain from any texture; and a map that is all one texture is no photo, so that what it argues for
 * need not be anything that is there.
 *
 * @param effects [cells, classes]
 * @param means [classes], of the cells that are compared with
 * @param shown classes that each cell's photos show; all may be named where that is none
 * @returns of each cell its labels, strongest first
 */
export function strongestLabels(
  effects: Float32Array,
  means: Float32Array,
  shown: readonly ReadonlySet<number>[],
  count: number,
): readonly (readonly CellLabel[])[] {
  const classes = means.length
  return Array.from({ length: effects.length / Math.max(1, classes) }, (_, cell) => {
    const own = effects.subarray(cell * classes, (cell + 1) * classes)
    const beyond = Array.from(own, (effect, classIndex) => ({
      classIndex,
      strength: effect - (means[classIndex] ?? 0),
    }))
    const known = shown[cell]
    return beyond
      .filter(({ classIndex }) => known === undefined || known.size === 0 || known.has(classIndex))
      .sort((a, b) => b.strength - a.strength || a.classIndex - b.classIndex)
      .slice(0, count)
      .filter(({ strength }) => strength > 0)
  })
}

/** Of each cell the classes that its photos show. */
export function classesShown(
  classes: Uint32Array,
  ofSample: Int32Array,
  cellCount: number,
): readonly ReadonlySet<number>[] {
  const shown = Array.from({ length: cellCount }, () => new Set<number>())
  ofSample.forEach((cell, sample) => {
    const classIndex = classes[sample] ?? unknownClass
    if (classIndex !== unknownClass) shown[cell]?.add(classIndex)
  })
  return shown
}

/** Mean of each class over all cells, [classes]. */
export function meanEffects(effects: Float32Array, classes: number): Float32Array {
  const means = new Float32Array(classes)
  const cells = effects.length / Math.max(1, classes)
  effects.forEach((effect, at) => {
    means[at % classes] = (means[at % classes] ?? 0) + effect / cells
  })
  return means
}

/**
 * Where no scores can be computed from the layer: what the photos of a cell show.
 *
 * @param classes what the photo of each sample shows, unknownClass where that is not known
 * @param ofSample the cell of each sample, -1 for none
 */
export function labelsOfPhotos(
  classes: Uint32Array,
  ofSample: Int32Array,
  cellCount: number,
  count: number,
): readonly (readonly CellLabel[])[] {
  const found = Array.from({ length: cellCount }, () => new Map<number, number>())
  const totals = new Uint32Array(cellCount)
  ofSample.forEach((cell, sample) => {
    const classIndex = classes[sample] ?? unknownClass
    if (cell < 0 || classIndex === unknownClass) return
    found[cell]?.set(classIndex, (found[cell]?.get(classIndex) ?? 0) + 1)
    totals[cell] = (totals[cell] ?? 0) + 1
  })
  return found.map((counts, cell) =>
    [...counts]
      .sort(([a, n], [b, m]) => m - n || a - b)
      .slice(0, count)
      .map(([classIndex, n]) => ({ classIndex, strength: n / (totals[cell] || 1) })),
  )
}
