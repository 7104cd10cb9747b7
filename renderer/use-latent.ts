// Gives React components the store that main.tsx made.
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { LatentState } from './state/slice.ts'
import type { LatentStore } from './state/store.ts'

export const StoreContext = createContext<LatentStore | null>(null)

export function useLatentStore(): LatentStore {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('Expected a StoreContext above but received none')
  return store
}

/** Renders again when the selected value changes; select plain values or whole slices' fields. */
export const useLatent = <Value>(select: (state: LatentState) => Value): Value =>
  useStore(useLatentStore(), select)
