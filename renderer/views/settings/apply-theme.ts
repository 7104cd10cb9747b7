// Keeps the document's theme at what the settings say; `system` leaves it to the system.
import type { LatentStore } from '../../state/store.ts'

export function applyTheme(store: LatentStore, element: HTMLElement): () => void {
  const apply = (): void => {
    const { theme } = store.getState().settings
    if (theme === 'system') delete element.dataset.theme
    else element.dataset.theme = theme
  }
  apply()
  return store.subscribe(apply)
}
