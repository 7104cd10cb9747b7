// Keys that work anywhere in the window, beside the ones of the native menu.
import { useEffect } from 'react'
import { useLatentStore } from '../../use-latent.ts'

export function useShortcuts(): void {
  const store = useLatentStore()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const state = store.getState()
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
      if (event.key.toLowerCase() !== 'f' || event.shiftKey || state.previewId !== null) return
      event.preventDefault()
      if (state.library !== null) state.focusSearch()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [store])
}
