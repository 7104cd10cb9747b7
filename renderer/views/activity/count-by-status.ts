// How many problems there are of each kind, most first.
import type { PhotoStatus, Problem } from '../../../preload/contract/domain.ts'

export function countByStatus(problems: readonly Problem[]): [PhotoStatus, number][] {
  const counts = new Map<PhotoStatus, number>()
  for (const { status } of problems) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}
