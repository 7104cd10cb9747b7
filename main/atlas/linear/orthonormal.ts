// Makes a set of vectors orthonormal.

/**
 * Gram and Schmidt's method in its modified form, run twice over each vector, which is enough for
 * full precision (Giraud et al. 2005). A vector that depends on those before it becomes zero.
 *
 * @param rows vectors as rows, [count, dim]; replaced
 */
export function orthonormalise(rows: Float64Array, dim: number): void {
  const count = rows.length / dim
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * dim, (i + 1) * dim)
    const before = norm(row)
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) subtractAlong(row, rows.subarray(j * dim, (j + 1) * dim))
    }
    const length = norm(row)
    const scale = length > before * 1e-10 ? 1 / length : 0
    for (let x = 0; x < dim; x++) row[x] = (row[x] ?? 0) * scale
  }
}

function subtractAlong(row: Float64Array, unit: Float64Array): void {
  let along = 0
  for (let x = 0; x < row.length; x++) along += (row[x] ?? 0) * (unit[x] ?? 0)
  for (let x = 0; x < row.length; x++) row[x] = (row[x] ?? 0) - along * (unit[x] ?? 0)
}

function norm(row: Float64Array): number {
  let sum = 0
  for (let x = 0; x < row.length; x++) sum += (row[x] ?? 0) ** 2
  return Math.sqrt(sum)
}
