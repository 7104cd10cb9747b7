// Nearest neighbours by sorting all products in float64; for tests.
import { floatRows, type HalfMatrix } from '../vectors/vector-rows.ts'

export function nearestByHand(
  rows: HalfMatrix,
  row: number,
  k: number,
): readonly { readonly id: number; readonly similarity: number }[] {
  const query = floatRows(rows, row, 1)
  return Array.from({ length: rows.count }, (_, id) => ({
    id,
    similarity: floatRows(rows, id, 1).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0),
  }))
    .filter(({ id }) => id !== row)
    .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
    .slice(0, k)
}
