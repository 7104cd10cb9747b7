// Remembers what labels are called, also while a filter leaves no photo with them.
import { useEffect, useRef } from 'react'
import { useLatent } from '../../use-latent.ts'

export function useLabelNames(): (index: number) => string {
  const counts = useLatent((state) => state.labelCounts)
  const names = useRef(new Map<number, string>())
  useEffect(() => {
    for (const { index, name } of counts) names.current.set(index, name)
  }, [counts])
  return (index) =>
    counts.find((count) => count.index === index)?.name ??
    names.current.get(index) ??
    `Label ${index}`
}
