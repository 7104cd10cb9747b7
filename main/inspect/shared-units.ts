// Which units make two photos alike.

const most = 8

/**
 * The cosine of two unit vectors is a sum over units; these are its greatest terms among the units
 * that both have more of than the mean. (What both lack makes them alike too, but says little.)
 *
 * @param a less the mean, of unit length; as is `b`
 * @returns best first, each with its share of the cosine, 0..1
 */
export function sharedUnits(a: Float32Array, b: Float32Array): { unit: number; share: number }[] {
  const products = a.map((value, unit) => value * (b[unit] ?? 0))
  const cosine = products.reduce((sum, product) => sum + product, 0)
  if (cosine <= 0) return []
  return Array.from(products.keys())
    .filter((unit) => (a[unit] ?? 0) > 0 && (b[unit] ?? 0) > 0)
    .sort((x, y) => (products[y] ?? 0) - (products[x] ?? 0))
    .slice(0, most)
    .map((unit) => ({ unit, share: (products[unit] ?? 0) / cosine }))
}
