// Photos that two layouts have in common, and how far a layout spreads.

/** Where the same photos stand in two ascending lists of ids. */
export function pairedPlaces(
  own: Uint32Array,
  other: Uint32Array,
): { readonly ownPlaces: Uint32Array; readonly otherPlaces: Uint32Array } {
  const ownPlaces: number[] = []
  const otherPlaces: number[] = []
  let at = 0
  own.forEach((id, place) => {
    while ((other[at] ?? Number.POSITIVE_INFINITY) < id) at++
    if (other[at] !== id) return
    ownPlaces.push(place)
    otherPlaces.push(at)
  })
  return { ownPlaces: Uint32Array.from(ownPlaces), otherPlaces: Uint32Array.from(otherPlaces) }
}

/** The mean of these points, and the root of their mean squared distance from it. */
export function radiusAround(
  positions: Float32Array,
  places: Uint32Array,
  dims: number,
): { readonly centre: readonly number[]; readonly radius: number } {
  const centre = Array.from({ length: dims }, (_, axis) =>
    places.reduce((sum, place) => sum + (positions[place * dims + axis] ?? 0) / places.length, 0),
  )
  let squares = 0
  for (const place of places) {
    for (let axis = 0; axis < dims; axis++) {
      squares += ((positions[place * dims + axis] ?? 0) - (centre[axis] ?? 0)) ** 2
    }
  }
  return { centre, radius: Math.sqrt(squares / Math.max(1, places.length)) }
}
