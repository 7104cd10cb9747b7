// What the keyboard does in the grid.
import type { KeyboardEvent } from 'react'
import type { ListedPhotos } from '../../state/query-slice.ts'
import { useLatentStore } from '../../use-latent.ts'
import { focusAfterKey } from './grid-focus.ts'
import type { JustifiedLayout } from './justified-layout.ts'
import type { GridScroll } from './use-grid-scroll.ts'

interface GridKeys {
  readonly list: ListedPhotos
  readonly layout: JustifiedLayout
  readonly scroll: GridScroll
  /** -1 when no photo has the focus. */
  readonly focusIndex: number
  readonly viewportPx: number
}

export function useGridKeys(keys: GridKeys): (event: KeyboardEvent) => void {
  const { list, layout, scroll, focusIndex, viewportPx } = keys
  const store = useLatentStore()

  const move = (event: KeyboardEvent): boolean => {
    const from = focusIndex < 0 ? scroll.firstInSight() : focusIndex
    const next = focusAfterKey(layout, from, event.key, viewportPx)
    if (next === null) return false
    const target = focusIndex < 0 && event.key.startsWith('Arrow') ? from : next
    const id = list.ids[target]
    if (id === undefined) return false
    const command = event.ctrlKey || event.metaKey
    store.getState().pick(id, event.shiftKey ? 'extend' : command ? 'focus' : 'only')
    scroll.bringIntoSight(target)
    return true
  }

  const act = (event: KeyboardEvent): boolean => {
    const state = store.getState()
    const command = event.ctrlKey || event.metaKey
    const { focusId } = state.selection
    if (command && event.key.toLowerCase() === 'a') state.selectEverything()
    else if (event.key === 'Escape') state.clearSelected()
    else if (event.key === ' ' && command && focusId !== null) state.pick(focusId, 'toggle')
    else if ((event.key === ' ' || event.key === 'Enter') && focusId !== null)
      state.openPreview(focusId)
    else return false
    return true
  }

  return (event) => {
    if (event.altKey) return
    if (act(event) || move(event)) event.preventDefault()
  }
}
